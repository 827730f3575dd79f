# workers: 3
# send: GET /stock

from collections import Counter


class Shop:
    stock = 10
    sold = Counter()


def application(environ, start_response):
    Shop.stock -= 1  # <- state-per-process
    Shop.sold[environ['PATH_INFO']] += 1
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [b'Only ', str(Shop.stock).encode(), b' left!\n']
