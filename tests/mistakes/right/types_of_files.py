# send: GET /app.js
# send: GET /app.mjs
# send: GET /data.json
# send: GET /icon.svg
# send: GET /notes.css.txt

TYPES = {
    '/app.js': 'application/javascript',
    '/app.mjs': 'text/javascript',
    '/data.json': 'application/problem+json',
    '/icon.svg': 'image/svg+xml',
    '/notes.css.txt': 'text/plain; charset=utf-8',
}


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', TYPES.get(environ['PATH_INFO'], 'text/plain; charset=utf-8'))])
    return [b'1']
