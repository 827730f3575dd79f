def application(environ, start_response):
    start_response('200 OK', [
        ('CONTENT-TYPE', 'text/plain'),
        ('X-Empty', ''),
        ('X-Latin', 'caf\xe9'),
        ('Vary', 'Accept'),
        ('Vary', 'Cookie'),
        ('Link', '</style.css>; rel=preload; as=style'),
    ])
    return [b'hello\n']
