CHOSEN = {'font': 'large', 'contrast': 'high'}


def application(environ, start_response):
    headers = [('Content-Type', 'text/plain; charset=utf-8')]
    for name, value in CHOSEN.items():
        headers.append(('Set-Cookie', name + '=' + value))
    start_response('200 OK', headers)
    yield b'easy to read\n'
