# send: GET /
# send: GET /
# header: If-None-Match: *

import hashlib


class Page:
    def __init__(self, environ, start_response):
        self.environ = environ
        self.start_response = start_response

    def __iter__(self):
        page = b'the same for ever\n'
        etag = '"' + hashlib.sha256(page).hexdigest()[:16] + '"'
        if self.environ.get('HTTP_IF_NONE_MATCH') in (etag, '*'):
            self.start_response('304 Not Modified', [('ETag', etag)])
            return
        self.start_response('200 OK', [('Content-Type', 'text/plain'), ('ETag', etag)])
        yield page


application = Page
