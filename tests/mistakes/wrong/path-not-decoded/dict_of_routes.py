# send: GET /%C3%BCber-uns

def about():
    return '200 OK', b'about us\n'


def missing():
    return '404 Not Found', b'no such page\n'


class Site:
    pages = {'/über-uns': about}

    def __init__(self, environ, start_response):
        self.path = environ['PATH_INFO']
        self.start_response = start_response

    def __iter__(self):
        page = self.pages.get(self.path, missing)  # <- path-not-decoded
        status, text = page()
        self.start_response(status, [('Content-Type', 'text/plain')])
        yield text


app = Site
