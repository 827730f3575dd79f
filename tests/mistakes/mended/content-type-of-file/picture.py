# send: GET /img/dot.gif

DOT = b'GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;'


class Pictures:
    headers = [('Content-Type', 'image/gif'), ('Cache-Control', 'max-age=3600')]

    def __call__(self, environ, start_response):
        start_response('200 OK', list(self.headers))
        return [DOT]


application = Pictures()
