GREETING = "Hello from %s"


def application(request):  # <- app-signature
    path = request["PATH_INFO"]
    return [(GREETING % path).encode("latin-1")]
