# What is the same for all requests belongs into the variables of the process.
import os


def application(environ, start_response):
    name = os.environ.get('SERVER_NAME') or environ['SERVER_NAME']
    debug = os.getenv('SHOP_DEBUG', '') == '1'
    proxy = os.environ.get('HTTP_PROXY', 'none')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [('%s %s %s' % (name, debug, proxy)).encode('utf-8')]
