# The page goes to the standard output.
import sys


class Hours:
    def __call__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
        sys.stdout.write('<html><body>closed</body></html>\n')  # <- page-printed
        return [b'']


app = Hours()
