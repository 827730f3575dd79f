class Site:
    def __init__(self, pages):
        self.pages = pages

    def __call__(self, environ, start_response):
        path = environ['PATH_INFO']
        text = self.pages.get(path)
        status = '404 Not Found' if text is None else '200 OK'
        start_response(status, [
            ('Content-Type', 'text/plain; charset=utf-8'),
        ])
        return [(text or f'There is no {path}').encode('utf-8')]


application = Site({'/': 'Welcome.', '/about': 'About.'})
