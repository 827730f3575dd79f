import asyncio

ROUTES = {}


def route(path):
    def register(handler):
        ROUTES[path] = handler
        return handler

    return register


@route("/")
async def home(environ, start_response):  # <- async-app
    await asyncio.sleep(0)
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"home"]


def application(environ, start_response):
    return ROUTES["/"](environ, start_response)
