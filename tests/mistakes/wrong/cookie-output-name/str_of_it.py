from http.cookies import SimpleCookie

HEADERS = [('Content-Type', 'text/html; charset=utf-8')]


def language_cookie(code):
    cookie = SimpleCookie()
    cookie['language'] = code
    cookie['language']['path'] = '/'
    return str(cookie)  # <- cookie-output-name


def application(environ, start_response):
    start_response('200 OK', HEADERS + [('Set-Cookie', language_cookie('it'))])
    yield b'<h1>Ciao</h1>'
