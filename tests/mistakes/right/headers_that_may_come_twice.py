def application(environ, start_response):
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('Link', '</a.css>; rel=preload'), ('Link', '</b.css>; rel=preload'),
        ('Vary', 'Cookie'), ('Vary', 'Accept-Language'),
        ('Content-Language', 'de'),
    ])
    return [b'zweimal\n']
