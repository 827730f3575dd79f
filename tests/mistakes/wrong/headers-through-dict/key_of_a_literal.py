# The dict has a cookie already.
def respond(start_response, body, session):
    headers = {
        'Content-Type': 'text/plain; charset=utf-8',
        'Set-Cookie': 'seen=1; Path=/',
    }
    if session:
        headers['Set-Cookie'] = 'session=' + session + '; Path=/; HttpOnly'  # <- headers-through-dict
    start_response('200 OK', [*headers.items()])
    return [body]


def app(environ, start_response):
    return respond(start_response, b'welcome', 'a41')
