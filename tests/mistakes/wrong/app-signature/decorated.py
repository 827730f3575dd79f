ROUTES = {}


def route(path):
    def register(view):
        ROUTES[path] = view
        return view

    return register


@route("/")
def app(request, *, language="en"):  # <- app-signature
    return [b"Hello" if language == "en" else b"Hallo"]
