def turns(players):
    waiting = iter(players)
    while True:
        try:
            first, second = next(waiting), next(waiting)
        except StopIteration:
            return
        yield f'{first} against {second}\n'.encode('utf-8')


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return turns(['Ruth', 'Sven', 'Tina', 'Urs', 'Vera'])
