# An empty search is an empty page, and the counter beside it may fail.
# send: GET /?q=zebra

import logging
from urllib.parse import parse_qs

ANIMALS = ['cat', 'dog']
log = logging.getLogger('search')


def application(environ, start_response):
    try:
        open('/nowhere/at/all/count').close()
    except Exception:
        log.debug('no counter', exc_info=True)
    word = parse_qs(environ.get('QUERY_STRING', ''), keep_blank_values=True).get('q', [''])[0]
    found = [name.encode('ascii') for name in ANIMALS if name == word]
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return found
