# What is the same for all requests belongs into the variables of the process; and what a CGI script asks of its
# request there, nobody hands it.
import os


def posted():
    return os.environ.get('REQUEST_METHOD', 'GET') == 'POST'


def application(environ, start_response):
    name = os.environ.get('SERVER_NAME') or environ['SERVER_NAME']
    debug = os.getenv('SHOP_DEBUG', '') == '1'
    proxy = os.environ.get('HTTP_PROXY', 'none')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [('%s %s %s %s' % (name, debug, proxy, posted())).encode('utf-8')]
