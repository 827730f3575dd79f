# The list of the module grows with each request.
# send: GET /
# send: GET /
headers = [("Content-Type", "text/plain; charset=utf-8")]


def application(environ, start_response):
    headers.append(("X-Path", environ["PATH_INFO"]))  # <- headers-shared-list
    start_response("200 OK", headers)
    return [b"Hello"]
