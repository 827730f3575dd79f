# The proxy in front serves this below /app, and takes that off before it passes a request on.
# send: GET /cart
# header: X-Script-Name: /app
# send: GET /app/cart
# header: X-Script-Name: /app
class BehindProxy:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        prefix = environ.get('HTTP_X_SCRIPT_NAME', '')
        if prefix:
            environ['SCRIPT_NAME'] = prefix
            if environ['PATH_INFO'].startswith(prefix + '/'):
                environ['PATH_INFO'] = environ['PATH_INFO'][len(prefix):]
        return self.app(environ, start_response)


def shop(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [(environ['SCRIPT_NAME'] + environ['PATH_INFO']).encode('latin-1')]


application = BehindProxy(shop)
