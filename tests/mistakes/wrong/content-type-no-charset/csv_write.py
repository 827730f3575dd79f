def application(environ, start_response):
    headers = [("Content-Type", "text/csv; header=present"), ("Cache-Control", "no-store")]  # <- content-type-no-charset
    write = start_response("200 OK", headers)
    write(b"city,people\n")
    write("Köln,1087000\n".encode("utf-8"))
    return []
