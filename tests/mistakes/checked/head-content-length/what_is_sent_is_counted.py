# Only check asks for GET and HEAD of a page, and compares what comes.
# send: GET /menu
# send: HEAD /menu

DISHES = ['Barley soup', 'Rösti', 'Pear cake']


class Menu:
    def __call__(self, environ, start_response):
        blocks = [dish.encode('utf-8') + b'\n' for dish in DISHES]
        if environ['REQUEST_METHOD'] == 'HEAD':
            blocks = []
        start_response('200 OK', [
            ('Content-Type', 'text/plain; charset=utf-8'),
            ('Content-Length', str(sum(map(len, blocks)))),  # <- head-content-length
        ])
        return blocks


application = Menu()
