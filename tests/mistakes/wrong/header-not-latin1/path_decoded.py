# send: GET /%E6%9D%B1%E4%BA%AC
def application(environ, start_response):
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8")
    kind = ("Content-Type", "text/plain; charset=utf-8")
    start_response("301 Moved Permanently", [kind, ("Location", path + "/")])  # <- header-not-latin1
    return [b"moved"]
