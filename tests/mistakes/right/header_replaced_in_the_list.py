class Plain:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            for place, (name, _) in enumerate(headers):
                if name.lower() == 'content-type':
                    headers[place] = (name, 'text/plain; charset=utf-8')
            headers[:] = [pair for pair in headers if pair[0] != 'X-Debug']
            headers += [('X-Plain', 'yes')]
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def source(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8'), ('X-Debug', '1')])
    return [b'<b>as it is written</b>\n']


application = Plain(source)
