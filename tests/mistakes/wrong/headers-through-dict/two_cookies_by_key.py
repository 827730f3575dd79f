# Two cookies for one key: the second takes the place of the first.
def application(environ, start_response):
    headers = {'Content-Type': 'text/plain; charset=utf-8'}
    headers['Set-Cookie'] = 'theme=dark; Path=/'
    headers['Set-Cookie'] = 'lang=%s; Path=/' % 'de'  # <- headers-through-dict
    start_response('200 OK', list(headers.items()))
    return [b'saved']
