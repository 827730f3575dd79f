"""What a browser visits: a form, answers that go on, a page with parts of its own, and an upload."""

import html
import time
import urllib.parse

FORM = """\
<form method="post"><input name="word"><textarea name="text"></textarea><button>Send</button></form>
"""
LINK = '<a href="/form">on</a> <p id="seen">nothing yet</p>'
LISTENING = LINK + """\
<script>
new EventSource("/events").onmessage = event => {
    document.getElementById("seen").textContent = event.data;
};
</script>
"""
FETCHING = LINK + """\
<script>
fetch("/events").then(async answer => {
    await answer.body.getReader().read();
    document.getElementById("seen").textContent = "an event";
});
</script>
"""
# Seconds: longer than anybody waits for a page, and shorter than the server waits for an app.
PAUSE = 8
UPLOAD = """\
<form method="post" action="/uploaded" enctype="multipart/form-data">
<input type="file" name="file"><button>Send</button></form>
"""


def application(environ, start_response):
    return PAGES[environ["PATH_INFO"]](environ, start_response)


def page(start_response, title, body):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [f"<!DOCTYPE html><title>{title}</title>{body}".encode()]


def form(environ, start_response):
    if environ["REQUEST_METHOD"] != "POST":
        return page(start_response, "form", FORM)
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    fields = urllib.parse.parse_qsl(body.decode("ascii"), keep_blank_values=True)
    shown = html.escape(ascii(fields), quote=False)
    return page(start_response, "sent", f'<p id="seen">{shown}</p>')


def listening(environ, start_response):
    return page(start_response, "listening", LISTENING)


def fetching(environ, start_response):
    return page(start_response, "fetching", FETCHING)


def endless(environ, start_response):
    """A page that is never complete."""
    yield from page(start_response, "endless", LINK.replace("nothing yet", "an event"))
    while True:
        time.sleep(PAUSE)
        yield b"more"


def events(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/event-stream")])
    while True:
        yield b"data: an event\n\n"
        time.sleep(PAUSE)


def parts(environ, start_response):
    query = html.escape(environ["QUERY_STRING"])
    body = f'<link rel="stylesheet" href="/style?{query}"><script src="/script?{query}"></script>'
    return page(start_response, "without its script", body + '<p id="seen">styled</p>')


def style(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/css")])
    return [b"p { color: rgb(1, 2, 3) }"]


def script(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/javascript")])
    return [b'document.title = "' + environ["QUERY_STRING"].encode("ascii") + b'";']


def upload(environ, start_response):
    return page(start_response, "upload", UPLOAD)


def uploaded(environ, start_response):
    length = 0
    while block := environ["wsgi.input"].read(65536):
        length += len(block)
    return page(start_response, "uploaded", f"{length} bytes came")


def favicon(environ, start_response):
    start_response("204 No Content", [])
    return []


PAGES = {
    "/form": form,
    "/listening": listening,
    "/fetching": fetching,
    "/endless": endless,
    "/events": events,
    "/parts": parts,
    "/style": style,
    "/script": script,
    "/upload": upload,
    "/uploaded": uploaded,
    "/favicon.ico": favicon,
}
