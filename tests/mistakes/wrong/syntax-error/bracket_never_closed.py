import json


class Api:
    def __call__(self, environ, start_response):
        body = json.dumps({'path': environ['PATH_INFO']}).encode('utf-8')
        headers = [  # <- syntax-error
            ('Content-Type', 'application/json'),
            ('Content-Length', str(len(body))),
        start_response('200 OK', headers)
        return [body]


application = Api()
