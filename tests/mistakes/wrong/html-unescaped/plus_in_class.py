# send: POST /say
# body: text=%3Cscript%3Ealert(1)%3C%2Fscript%3E

from urllib.parse import parse_qs


TEXTS = []


class Wall:
    def __call__(self, environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        body = environ['wsgi.input'].read(size).decode('utf-8', 'replace')
        TEXTS.extend(parse_qs(body).get('text', []))
        start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
        yield b'<!DOCTYPE html><title>Wall</title><ul>'
        for text in TEXTS:
            yield self.item(text)

    def item(self, text):
        return ('<li>' + text + '</li>').encode('utf-8')  # <- html-unescaped


app = Wall()
