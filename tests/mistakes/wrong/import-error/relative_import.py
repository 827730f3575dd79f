from .pages import home  # <- import-error


def application(environ, start_response):
    return home(environ, start_response)
