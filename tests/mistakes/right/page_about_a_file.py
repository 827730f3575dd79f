# HTML that shows a file, and HTML that says that there is none.
# send: GET /source/style.css
# send: GET /missing.js
# send: GET /people/anna.jpg

import html

STYLE = 'a > b { color: red; }'


def application(environ, start_response):
    path = environ['PATH_INFO']
    kind = [('Content-Type', 'text/html; charset=utf-8')]
    if path == '/source/style.css':
        start_response('200 OK', kind)
        return [b'<pre>' + html.escape(STYLE).encode('utf-8') + b'</pre>']
    if path.startswith('/people/'):
        start_response('200 OK', kind)
        return [b'<h1>A photo of Anna</h1>']
    start_response('404 Not Found', kind)
    return [b'No such file.\n']
