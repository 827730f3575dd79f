# send: POST /settings/colour
# body: colour=red
# send: GET /

from http import cookies
from urllib.parse import parse_qs


class Site:
    def __init__(self, environ, start_response):
        self.environ, self.start = environ, start_response
        self.headers = [('Content-Type', 'text/plain; charset=utf-8')]

    def __iter__(self):
        if self.environ['PATH_INFO'] == '/':
            text = self.home()
        else:
            text = self.settings()
        self.start('200 OK', self.headers)
        yield text.encode('utf-8')

    def home(self):
        sent = cookies.SimpleCookie(self.environ.get('HTTP_COOKIE', ''))
        return 'The page is %s.\n' % (sent['colour'].value if 'colour' in sent else 'white')

    def settings(self):
        size = int(self.environ.get('CONTENT_LENGTH') or 0)
        form = parse_qs(self.environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
        made = cookies.SimpleCookie()
        made['colour'] = form['colour'][0]
        made['colour']['max-age'] = 86400
        self.headers.append(('Set-Cookie', made['colour'].OutputString()))  # <- cookie-path
        return 'As you like it.\n'


app = Site
