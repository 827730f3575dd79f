# workers: 2
# send: POST /?for=cats
# send: GET /

from urllib.parse import parse_qs

VOTES = {}


def result():
    lines = []
    for choice in sorted(VOTES):
        lines.append('%s: %d\n' % (choice, VOTES[choice]))
    return lines


def application(environ, start_response):
    if environ['REQUEST_METHOD'] == 'POST':
        choice = parse_qs(environ['QUERY_STRING'])['for'][0]
        if choice in ('cats', 'dogs'):
            VOTES[choice] = VOTES.get(choice, 0) + 1  # <- state-per-process
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [line.encode('ascii') for line in result()]
