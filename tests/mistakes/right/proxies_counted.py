# Each proxy adds what it saw at the end; only what the known number of them added is taken.
# send: GET /
# send: GET /
# header: X-Forwarded-For: 198.51.100.4, 203.0.113.9
# header: X-Forwarded-Proto: https
# header: X-Forwarded-Host: shop.test
# header: X-Forwarded-Port: 443

KEYS = {
    'HTTP_X_FORWARDED_FOR': 'REMOTE_ADDR',
    'HTTP_X_FORWARDED_PROTO': 'wsgi.url_scheme',
    'HTTP_X_FORWARDED_HOST': 'HTTP_HOST',
    'HTTP_X_FORWARDED_PORT': 'SERVER_PORT',
}


def behind(proxies, app):
    def call(environ, start_response):
        for said, meant in KEYS.items():
            values = environ.get(said, '').split(',')
            if len(values) >= proxies and values[-proxies].strip():
                environ[meant] = values[-proxies].strip()
        return app(environ, start_response)
    return call


def where(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    scheme, port = environ['wsgi.url_scheme'], environ['SERVER_PORT']
    return [f'{scheme} {port}\n'.encode('ascii', 'replace')]


application = behind(1, where)
