from wsgiref.headers import Headers


class Stamp:
    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            fields = Headers(headers)
            fields['X-Stamp'] = 'blue'
            fields.setdefault('Vary', 'Cookie')
            fields.add_header('Link', '</style.css>', rel='preload')
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def letter(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'a letter\n']


application = Stamp(letter)
