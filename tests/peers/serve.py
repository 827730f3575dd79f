"""Serves an app with one of the peers that are libraries: `python serve.py NAME MODULE:APP`, run in
the app's folder. Each is used as its own manual does. The first line on standard output is the port.
The two checkers stand between wsgiref and the app.
"""

import importlib
import os
import sys

HOST = "127.0.0.1"


def wsgiref(app):
    from wsgiref.simple_server import make_server

    server = make_server(HOST, 0, app)
    return server.server_port, server.serve_forever


def waitress(app):
    from waitress import create_server

    server = create_server(app, host=HOST, port=0)
    return server.effective_port, server.run


def werkzeug(app):
    from werkzeug.serving import make_server

    server = make_server(HOST, 0, app)
    return server.port, server.serve_forever


def cheroot(app):
    from cheroot.wsgi import Server

    server = Server((HOST, 0), app)
    server.prepare()
    return server.bind_addr[1], server.serve


def validate(app):
    from wsgiref.validate import validator

    return wsgiref(validator(app))


def lint(app):
    from werkzeug.middleware.lint import LintMiddleware

    return wsgiref(LintMiddleware(app))


LIBRARIES = {
    make.__name__: make for make in (wsgiref, waitress, werkzeug, cheroot, validate, lint)
}

if __name__ == "__main__":
    name, target = sys.argv[1:]
    # This file's folder is no place to import the app from, and its modules are not the app's.
    sys.path[0] = os.getcwd()
    module, attribute = target.split(":")
    port, serve = LIBRARIES[name](getattr(importlib.import_module(module), attribute))
    print(port, flush=True)
    serve()
