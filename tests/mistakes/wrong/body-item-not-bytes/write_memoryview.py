def application(environ, start_response):
    data = memoryview(b"0123456789")
    write = start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    write(data[2:5])  # <- body-item-not-bytes
    return []
