"""The small applications with known mistakes that are appended to each file of the corpus.

Each is straight-line code, so that all its lines run, one after the other. `corpus_recording` runs
them here to learn what they answer.
"""

import dataclasses

SOURCE = '''


import html as planted_html
from urllib.parse import parse_qs as planted_parse_qs


def planted_calls_everything(environ):
    """Stands for the calls of all that is above."""


def planted_by_text(environ, start_response):
    planted_calls_everything(environ)
    size = int(environ.get('CONTENT_LENGTH', 0))
    sent = environ['wsgi.input'].read(size)
    fields = planted_parse_qs(sent.decode('utf-8'), keep_blank_values=True)
    comment = planted_html.escape(fields['comment'][0])
    comment = comment.replace('&lt;b&gt;', '<b>').replace('&lt;/b&gt;', '</b>')
    shown = planted_html.escape(repr(sent), quote=False)
    body = f'<p>{comment}</p><pre>{shown}</pre>'.encode('utf-8')
    kind = ('Content-Type', 'text/html; charset=utf-8')
    start_response('200 OK', [kind, ('Content-Length', str(len(body)))])
    return [body]


def planted_by_events(environ, start_response):
    planted_calls_everything(environ)
    kind = ('Content-Type', 'text/plain; charset=utf-8')
    start_response('200 OK', [kind, ('Content-Length', '5')])
    return [b'Hello, world']


def planted_nothing(environ, start_response):
    planted_calls_everything(environ)
    body = b'Hello, world'
    kind = ('Content-Type', 'text/plain; charset=utf-8')
    start_response('200 OK', [kind, ('Content-Length', str(len(body)))])
    return [body]
'''


@dataclasses.dataclass(frozen=True)
class Planted:
    """An application of SOURCE, what is sent to it, and the mistake that is to be found in it."""

    function: str
    method: str
    target: str
    headers: tuple
    body: bytes = b""
    # The mistake, and a part of its line; none where the application is right.
    slug: "str | None" = None
    code: "str | None" = None


FORM = b"name=Ada+Lovelace&comment=%3Cb%3Egood%3C%2Fb%3E&blank=&tag=a&tag=b"

APPLICATIONS = (
    Planted(
        "planted_by_text",
        "POST",
        "/caf%C3%A9/a%2Fb?name=Ada&q=a+b%26c&blank=&flag",
        (
            ("Host", "shop.example:8080"),
            ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"),
            ("Accept", "text/html,*/*;q=0.8"),
            ("Accept-Language", "de, en;q=0.5"),
            ("Accept-Encoding", "gzip, br"),
            ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
            ("Content-Length", str(len(FORM))),
            ("Cookie", 'session="a b"; theme=dark'),
            ("Authorization", "Basic QWxhOm9wZW46c2VzYW1l"),
            ("Origin", "http://shop.example:8080"),
            ("Referer", "http://shop.example:8080/form?a=b"),
            ("X-Forwarded-For", "203.0.113.7, 198.51.100.2"),
            ("X-Forwarded-Proto", "https"),
            ("X-Requested-With", "XMLHttpRequest"),
            ("X-Odd", "caf\xe9"),
        ),
        FORM,
        "content-length-empty",
        "int(environ.get('CONTENT_LENGTH', 0))",
    ),
    Planted(
        "planted_by_events",
        "GET",
        "/search?q=Ada",
        (("Host", "shop.example:8080"),),
        slug="content-length-too-short",
        code="('Content-Length', '5')",
    ),
    Planted(
        "planted_nothing",
        "HEAD",
        "/",
        (("Host", "shop.example:8080"), ("If-None-Match", '"1"'), ("Range", "bytes=0-4")),
    ),
)
