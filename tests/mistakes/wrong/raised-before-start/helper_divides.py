def average(numbers):
    return sum(numbers) / len(numbers)  # <- raised-before-start


def application(environ, start_response):
    body = b'average: %d\n' % average([])
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [body]
