# GET is right; only HEAD gets a block that is no bytes.
# send: GET /timetable
# send: HEAD /timetable

def timetable(environ, start_response):
    body = [b'06:14 Brig\n', b'07:14 Brig\n']
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    if environ['REQUEST_METHOD'] == 'HEAD':
        return ['']  # <- body-item-is-str
    return body


application = timetable
