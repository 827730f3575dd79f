# send: GET /
# header: User-Agent: Explorer/1.0

def application(environ, start_response):
    browser = environ.get('HTTP_USER_AGENT', '')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [browser.encode('utf-8')]
