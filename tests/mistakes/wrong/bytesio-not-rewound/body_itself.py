import io


class Poster:
    def __call__(self, environ, start_response):
        page = io.BytesIO()
        page.write(b'Flea market\n')
        page.write(b'Saturday, 9 to 16\n')
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return page  # <- bytesio-not-rewound


application = Poster()
