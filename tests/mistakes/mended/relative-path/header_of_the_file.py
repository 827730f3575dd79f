import os
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
os.chdir(tempfile.mkdtemp())


def described(app, name):
    def call(environ, start_response):
        def start(status, headers, exc_info=None):
            size = os.path.getsize(os.path.join(HERE, name))
            kind = 'large' if size > 100_000 else 'small'
            return start_response(status, headers + [('X-Source', kind)], exc_info)
        return app(environ, start)
    return call


def page(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'about the source\n']


application = described(page, 'app.py')
