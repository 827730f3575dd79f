# send: GET /
# send: GET /late

import json


class Api:
    def __init__(self, log=None):
        self.log = log

    def __call__(self, environ, start_response):
        if self.log is not None:
            self.log(environ['PATH_INFO'])
        try:
            answer = self.table().get(environ['PATH_INFO'])()
        except TypeError:
            start_response('404 Not Found', [('Content-Type', 'application/json')])
            return [b'{}']
        start_response('200 OK', [('Content-Type', 'application/json')])
        return [json.dumps(answer).encode('utf-8')]

    def table(self):
        return {'/': lambda: {'trains': 2}}


application = Api()
