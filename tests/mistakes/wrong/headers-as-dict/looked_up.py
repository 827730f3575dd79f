def is_page(headers):
    return headers.get('Content-Type', '').startswith('text/html')  # <- headers-as-dict


class Language:
    """Says the language of every HTML page."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        def start(status, headers, exc_info=None):
            if is_page(headers):
                headers = headers + [('Content-Language', 'en')]
            return start_response(status, headers, exc_info)

        return self.app(environ, start)


def page(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [b'<title>Hello</title>']


application = Language(page)
