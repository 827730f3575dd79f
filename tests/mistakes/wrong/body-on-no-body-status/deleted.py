# send: DELETE /item
def application(environ, start_response):
    start_response("204 No Content", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"Deleted."]  # <- body-on-no-body-status
