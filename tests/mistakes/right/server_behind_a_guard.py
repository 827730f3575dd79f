from wsgiref.simple_server import make_server


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'imported, not started\n']


def main():
    with make_server('localhost', 8000, application) as server:
        server.serve_forever()


if __name__ == '__main__':
    main()
