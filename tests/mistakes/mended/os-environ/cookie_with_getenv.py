# send: GET /
# header: Cookie: seat=12
import os


def seat(env):
    sent = env.get('HTTP_COOKIE', '')
    return sent.partition('seat=')[2] or 'none'


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [seat(environ).encode('latin-1')]
