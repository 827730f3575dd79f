def send_file(path, start_response):
    file = open(path, "rb")
    try:
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return file  # <- body-closed-file
    finally:
        file.close()


def application(environ, start_response):
    return send_file(__file__, start_response)
