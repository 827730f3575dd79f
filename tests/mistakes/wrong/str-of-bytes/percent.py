# send: POST /note
# header: Content-Type: text/plain
# body: buy milk
NOTES = []


def app(environ, start_response):
    size = int(environ.get("CONTENT_LENGTH") or 0)
    NOTES.append(environ["wsgi.input"].read(size))
    lines = []
    for note in NOTES:
        lines.append("* %s\n" % note)  # <- str-of-bytes
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return ["".join(lines).encode("utf-8")]
