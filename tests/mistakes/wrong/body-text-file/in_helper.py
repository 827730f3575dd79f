import os


def send_file(start_response, name):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    file = open(path, "r")  # <- body-text-file
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return file


def application(environ, start_response):
    return send_file(start_response, os.path.basename(__file__))
