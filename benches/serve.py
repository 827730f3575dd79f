"""Serves an app with a peer that is a library: `serve.py NAME FILE PORT [reload]`, in its folder."""

import importlib
import os
import sys
from typing import Any

HOST = "127.0.0.1"


def wsgiref(app: Any, port: int, _reload: bool) -> None:
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            pass

    make_server(HOST, port, app, handler_class=Quiet).serve_forever()


def waitress(app: Any, port: int, _reload: bool) -> None:
    from waitress import serve

    serve(app, host=HOST, port=port)


def werkzeug(app: Any, port: int, reload: bool) -> None:
    from werkzeug import run_simple

    run_simple(HOST, port, app, use_reloader=reload)


def socket(_app: Any, port: int, _reload: bool) -> None:
    """No server: a constant answer to whatever comes, so that the client's own share is known."""
    from socket import create_server

    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nHello, ada!\n"
    with create_server((HOST, port)) as listener:
        while True:
            with listener.accept()[0] as connection:
                while request := connection.recv(65536):
                    connection.sendall(answer)
                    if b"Connection: close" in request:
                        break


PEERS = {serve.__name__: serve for serve in (wsgiref, waitress, werkzeug, socket)}

if __name__ == "__main__":
    name, file, port, *more = sys.argv[1:]
    # This file's folder is no place to import the app from.
    sys.path[0] = os.getcwd()
    module = importlib.import_module(file.removesuffix(".py"))
    PEERS[name](module.application, int(port), more == ["reload"])
