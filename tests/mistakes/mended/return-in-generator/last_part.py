def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    yield b'<ul>\n'
    for town in ('Bern', 'Chur', 'Thun'):
        yield b'<li>' + town.encode('utf-8') + b'</li>\n'
    yield b'</ul>\n<p>Three towns.</p>\n'
