# python: system
import socket


def ask(question):
    here, there = socket.socketpair()
    with here, there:
        here.sendall(question + '\r\n')  # <- str-where-bytes
        return there.recv(100)


def application(environ, start_response):
    heard = ask('PING')
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [heard]
