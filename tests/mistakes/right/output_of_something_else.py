class Meter:
    def output(self):
        return '4.2 kWh'


def application(environ, start_response):
    start_response('200 OK', [
        ('Content-Type', 'text/plain; charset=utf-8'),
        ('X-Meter', Meter().output()),
        ('X-Note', 'Set-Cookie: is not allowed here'),
    ])
    return [b'measured\n']
