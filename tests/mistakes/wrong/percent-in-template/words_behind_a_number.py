# send: GET /wool
# No character is unknown here: "% s" is a conversion with a flag, and takes the only value.

LABEL = '<p>100% sheep, 0% plastic: %s</p>'


def label(of):
    return LABEL % of  # <- percent-in-template


def application(environ, start_response):
    page = label('a scarf').encode('utf-8')
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page]
