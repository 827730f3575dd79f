"""What the glossary says of other servers: rows of elsewhere.py."""

import cases
import claim_apps
import seen
from claims import claim, environ, show

COOKIES = (cases.Send("GET /", ["Cookie: a=1", "Cookie: b=2"]),)
FORM = ("POST / name=Ada",)
CHUNKED = ("POST / chunked name=Ada",)

TABLE = (
    claim(
        "HTTP_*",
        "Cookies get a semicolon here, and a comma on wsgiref, gunicorn and waitress",
        environ("wsgiref gunicorn", b"HTTP_COOKIE = 'a=1,b=2'.", sends=COOKIES),
        environ("waitress", b"HTTP_COOKIE = 'a=1, b=2'.", sends=COOKIES),
    ),
    claim(
        "CONTENT_TYPE",
        "when the visitor did not say, though wsgiref then sets 'text/plain'",
        environ("wsgiref", b"CONTENT_TYPE = 'text/plain'.", requests=("GET /",)),
    ),
    claim(
        "CONTENT_LENGTH",
        "gunicorn also leaves it out for a chunked body",
        environ("gunicorn", lacks=(b"CONTENT_LENGTH",), requests=CHUNKED),
    ),
    claim(
        "CONTENT_LENGTH",
        "yes, wsgiref sets it to ''",
        environ("wsgiref", b"CONTENT_LENGTH = ''.", requests=("GET /",)),
        environ("wsgiref", b"CONTENT_LENGTH = ''.", requests=CHUNKED),
    ),
    claim(
        "wsgi.input",
        "What has been read is gone: a second read() returns b'' here, and waits for ever on "
        "wsgiref",
        show("wsgiref", seen.HANGS, app=claim_apps.READ_TWICE, requests=FORM),
    ),
    claim(
        "wsgi.input_terminated",
        "Werkzeug reads it",
        show(
            "werkzeug",
            "200",
            b"read: b'name=Ada'",
            app=claim_apps.READ_BY_WERKZEUG,
            requests=CHUNKED,
        ),
        show(
            "werkzeug",
            "200",
            b"read: b''",
            app=claim_apps.READ_BY_WERKZEUG,
            requests=("POST /?without chunked name=Ada",),
        ),
    ),
    claim(
        "wsgi.input_terminated",
        "gunicorn, waitress, mod_wsgi set it",
        environ("gunicorn waitress", b"wsgi.input_terminated = True."),
    ),
    claim(
        "REMOTE_HOST",
        "Some, such as waitress, set the address instead",
        environ("waitress", b"REMOTE_HOST = '127.0.0.1'."),
    ),
    claim(
        "REMOTE_HOST",
        "gunicorn does not set it either",
        environ("gunicorn", lacks=(b"REMOTE_HOST",)),
    ),
    claim("REMOTE_HOST", "yes, wsgiref sets ''", environ("wsgiref", b"REMOTE_HOST = ''.")),
    claim(
        "GATEWAY_INTERFACE",
        "wsgiref and mod_wsgi set it",
        environ("wsgiref", b"GATEWAY_INTERFACE = 'CGI/1.1'."),
    ),
    claim(
        "REQUEST_URI",
        "waitress, Cheroot, Werkzeug, mod_wsgi and uWSGI set it",
        environ("waitress cheroot werkzeug", b"REQUEST_URI = '/'."),
    ),
    claim(
        "REQUEST_URI",
        "wsgiref and gunicorn do not set it either",
        environ("wsgiref gunicorn", lacks=(b"REQUEST_URI",)),
    ),
    claim(
        "RAW_URI",
        "The same as REQUEST_URI, under the name gunicorn gave it",
        environ("gunicorn", b"RAW_URI = '/'."),
    ),
    claim(
        "RAW_URI",
        "gunicorn and Werkzeug set it",
        environ("gunicorn werkzeug", b"RAW_URI = '/'."),
    ),
    claim(
        "RAW_URI",
        "wsgiref, waitress and Cheroot do not set it either",
        environ("wsgiref waitress cheroot", lacks=(b"RAW_URI",)),
    ),
    claim(
        "werkzeug.request",
        "The Request object that Werkzeug, and so Flask, made from this environ",
        show("werkzeug", "200", b"False True", app=claim_apps.WERKZEUG_REQUEST),
    ),
    claim(
        "werkzeug.request",
        "here always, until Werkzeug or Flask sets it",
        show("werkzeug", "200", b"False True", app=claim_apps.WERKZEUG_REQUEST),
    ),
    claim(
        "werkzeug.request",
        "Werkzeug's own key",
        show("werkzeug", "200", b"False True", app=claim_apps.WERKZEUG_REQUEST),
    ),
    claim(
        "werkzeug.socket",
        "The connection itself, from Werkzeug's development server",
        environ("werkzeug", b"werkzeug.socket = <socket.socket "),
    ),
    claim(
        "werkzeug.socket",
        "Werkzeug's own key",
        environ("werkzeug", b"werkzeug.socket = <socket.socket "),
    ),
    claim(
        "werkzeug.socket",
        "here always, and on every server except Werkzeug's",
        environ("werkzeug", b"werkzeug.socket = <socket.socket "),
        environ("wsgiref gunicorn waitress cheroot", lacks=(b"werkzeug.socket",)),
    ),
)
