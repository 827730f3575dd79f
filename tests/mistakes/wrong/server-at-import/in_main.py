# The address is one kept for documentation, so that the server fails at once and does not run for ever.
from wsgiref import simple_server


class Hut:
    def __call__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        return [b'a hut with twelve beds\n']


app = Hut()


def main(host='203.0.113.7', port=8080):
    server = simple_server.make_server(host, port, app)
    server.serve_forever()


main()  # <- server-at-import
