# send: PUT /photo
# header: Content-Type: image/png
# body: \x89PNG
# send: PUT /photo
def application(environ, start_response):
    size = int(environ.get("CONTENT_LENGTH") or 0)
    status = "201 Created" if size else "100 Continue"
    start_response(status, [])  # <- status-interim
    environ["wsgi.input"].read(size)
    return [b""]
