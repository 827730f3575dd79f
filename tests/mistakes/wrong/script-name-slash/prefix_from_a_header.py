# Behind a proxy that says where it has mounted the application.
# send: GET /list
# header: X-Script-Name: /tools/

class Prefixed:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        prefix = environ.get('HTTP_X_SCRIPT_NAME', '')
        if prefix:
            environ['SCRIPT_NAME'] = prefix  # <- script-name-slash
        return self.app(environ, start_response)


def tools(environ, start_response):
    start_response('303 See Other', [('Location', environ['SCRIPT_NAME'] + '/login')])
    return []


application = Prefixed(tools)
