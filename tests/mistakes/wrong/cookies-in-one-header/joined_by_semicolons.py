CHOSEN = {'font': 'large', 'contrast': 'high'}


def application(environ, start_response):
    cookie = '; '.join(name + '=' + value for name, value in CHOSEN.items())  # <- cookies-in-one-header
    headers = [('Content-Type', 'text/plain; charset=utf-8')]
    headers.append(('Set-Cookie', cookie))
    start_response('200 OK', headers)
    yield b'easy to read\n'
