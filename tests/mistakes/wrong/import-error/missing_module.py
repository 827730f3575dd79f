import a_module_that_is_not_there  # <- import-error


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [a_module_that_is_not_there.hello()]
