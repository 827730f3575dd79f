def application(environ, start_response, settings):  # <- app-signature
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [settings["greeting"].encode("utf-8")]
