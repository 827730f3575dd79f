# send: GET /
# send: POST /
# body: text=%3Cb%3Ebold%3C%2Fb%3E
# send: GET /
# send: POST /
# body: text=

import html
from urllib.parse import parse_qs

NOTES = []


def application(environ, start_response):
    if environ['REQUEST_METHOD'] == 'POST':
        size = int(environ.get('CONTENT_LENGTH') or 0)
        form = parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
        NOTES.extend(form.get('text', []))
        start_response('303 See Other', [('Location', '/'), ('Content-Length', '0')])
        return []
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    items = ''.join('<li>%s</li>' % html.escape(note) for note in NOTES)
    page = '<!DOCTYPE html><title>Notes</title><ul>%s</ul>' % items
    return [page.encode('utf-8')]
