NAMES = ['Anna', 'Beat', 'Carla']


def pairs(names):
    waiting = iter(names)
    for name in waiting:
        partner = next(waiting, 'nobody')
        yield f'{name} and {partner}\n'.encode('utf-8')


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return pairs(NAMES)
