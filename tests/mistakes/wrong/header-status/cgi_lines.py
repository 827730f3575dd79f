CGI = "Status: 302 Found\nLocation: /home\nContent-Type: text/plain"


def from_cgi(text):
    return [tuple(line.split(": ", 1)) for line in text.split("\n")]


def application(environ, start_response):
    headers = from_cgi(CGI)
    start_response("302 Found", headers)  # <- header-status
    return [b"this way"]
