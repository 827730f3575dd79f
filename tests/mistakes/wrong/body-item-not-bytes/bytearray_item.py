def reply(start_response, body):
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    return [body]  # <- body-item-not-bytes


def app(environ, start_response):
    pixels = bytearray(16)
    pixels[0] = 255
    return reply(start_response, pixels)
