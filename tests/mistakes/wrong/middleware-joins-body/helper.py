import json


def everything(body):
    try:
        return bytes().join(body)  # <- middleware-joins-body
    finally:
        if hasattr(body, 'close'):
            body.close()


def numbers(environ, start_response):
    start_response('200 OK', [('Content-Type', 'application/json')])
    yield b'[1'
    for number in range(2, 50):
        yield b', %d' % number
    yield b']'


def application(environ, start_response):
    data = json.loads(everything(numbers(environ, start_response)).decode('ascii'))
    return [json.dumps({'data': data}).encode('ascii')]
