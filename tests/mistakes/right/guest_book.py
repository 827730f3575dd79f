# It is shared on purpose, and changed by POST: everybody sees what everybody has written.
# send: POST /
# body: name=Mara&text=nice+view
# send: GET /

from urllib.parse import parse_qs

ENTRIES = []
last = 'nobody yet'


def application(environ, start_response):
    global last
    if environ['REQUEST_METHOD'] == 'POST':
        size = int(environ.get('CONTENT_LENGTH') or 0)
        fields = parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
        ENTRIES.extend(fields.get('text', []))
        last = fields.get('name', ['somebody'])[0]
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return ['\n'.join([*ENTRIES, 'the last one was ' + last]).encode('utf-8')]
