# The app's file stands for a template beside it; chdir() stands for a server started elsewhere.
import os
import tempfile

os.chdir(tempfile.mkdtemp())


def application(environ, start_response):
    with open('app.py', 'rb') as template:  # <- relative-path
        first = template.readline()
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [first]
