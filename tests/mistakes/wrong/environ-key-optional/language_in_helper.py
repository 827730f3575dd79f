# send: GET /
# send: GET /
# header: Accept-Language: fr-CH, fr;q=0.9

GREETINGS = {'fr': 'Bonjour', 'en': 'Good morning'}


def languages(headers):
    for part in headers['HTTP_ACCEPT_LANGUAGE'].split(','):  # <- environ-key-optional
        yield part.strip()[:2]


def application(environ, start_response):
    known = [GREETINGS[it] for it in languages(environ) if it in GREETINGS]
    greeting = known[0] if known else 'Good morning'
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8'), ('Vary', 'Accept-Language')])
    return [greeting.encode('utf-8') + b'\n']
