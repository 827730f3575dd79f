# send: GET /

HEAD = '<table width="80%" border="0">'
ROW = '<tr><td>%s</td></tr>'


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    yield HEAD.encode('ascii')
    yield ((HEAD + ROW) % 'one').encode('ascii')  # <- percent-in-template
    yield b'</table></table>'
