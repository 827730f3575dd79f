# The app's file stands for a template beside it; chdir() stands for a server started elsewhere.
import os
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
os.chdir(tempfile.mkdtemp())


def application(environ, start_response):
    with open(os.path.join(HERE, 'app.py'), 'rb') as template:
        first = template.readline()
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [first]
