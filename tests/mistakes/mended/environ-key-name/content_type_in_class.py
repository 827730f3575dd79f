# send: POST /
# header: Content-Type: application/json
# body: [1, 2]

class Api:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start_response = start_response

    def is_json(self):
        return self.environ.get('CONTENT_TYPE') == 'application/json'

    def __iter__(self):
        answer = b'thank you\n' if self.is_json() else b'JSON, please\n'
        self.start_response('200 OK', [('Content-Type', 'text/plain')])
        yield answer


application = Api
