from os import environ


class Desk:
    def __call__(self, request, start_response):
        if environ.get('REQUEST_METHOD') == 'POST':  # <- os-environ
            start_response('303 See Other', [('Location', '/')])
            return []
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [b'open']


app = Desk()
