# send: GET /
# send: GET /
# header: If-None-Match: "5"

ASKED = []


class Tagged:
    """Answers 304 if the client has the page already."""

    def __init__(self, app):
        self.app = app

    def page(self, environ):
        answers = []

        def start(status, headers, exc_info=None):
            answers.append((status, headers))
            return lambda data: None

        body = self.app(environ, start)
        try:
            return answers, [block for block in body]
        finally:
            if hasattr(body, 'close'):
                body.close()

    def __call__(self, environ, start_response):
        answers, blocks = self.page(environ)
        tag = '"%d"' % sum(len(block) for block in blocks)
        if environ.get('HTTP_IF_NONE_MATCH') == tag:
            start_response('304 Not Modified', [('ETag', tag)])
            return []

        def start(status, headers, exc_info=None):
            return start_response(status, headers + [('ETag', tag)], exc_info)

        return self.app(environ, start)  # <- app-called-twice


def page(environ, start_response):
    ASKED.append(environ['REMOTE_ADDR'])
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8'), ('X-Asked', str(len(ASKED)))])
    return [b'snow\n']


application = Tagged(page)
