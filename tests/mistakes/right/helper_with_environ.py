# A helper that takes what an application takes, and is called for each part of the page.
def part(environ, start_response):
    return environ['PATH_INFO'].encode('latin-1')


def application(environ, start_response):
    body = [part(environ, start_response), b' ', part(environ, start_response)]
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return body
