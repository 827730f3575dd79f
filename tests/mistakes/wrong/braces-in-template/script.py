class Page:
    template = ('<script>function hello() { alert("{greeting}"); }</script>'
                '<button onclick="hello()">{label}</button>')

    def __call__(self, environ, start_response):
        text = self.template.format(greeting='Hello', label='Press me')  # <- braces-in-template
        start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
        yield text.encode('utf-8')


application = Page()
