# send: GET /stock
import traceback


class Shop:
    """A small framework: views by path, and a page for whatever fails."""

    def __init__(self):
        self.views = {}

    def page(self, path):
        def add(view):
            self.views[path] = view
            return view
        return add

    def __call__(self, environ, start_response):
        kind = [('Content-Type', 'text/plain; charset=utf-8')]
        view = self.views.get(environ['PATH_INFO'], lambda: 'no such page\n')
        try:
            text = view()
        except Exception:
            traceback.print_exc(file=environ['wsgi.errors'])
            start_response('500 Internal Server Error', kind)
            return [b'Something went wrong.\n']
        start_response('200 OK', kind)
        return [text.encode('utf-8')]


app = Shop()
BOXES = {'full': 12, 'empty': 0}


@app.page('/stock')
def stock():
    share = BOXES['full'] / BOXES['empty']  # <- exception-in-handler
    return f'{share} to one\n'
