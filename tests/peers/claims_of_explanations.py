"""What the explanations say of other servers: rows of elsewhere.py."""

import cases
import claim_apps
import seen
from claims import (
    BLANK,
    EVERY,
    HAS_CGI,
    HEADERS_FIXED,
    STATUS_FIXED,
    THREE,
    claim,
    environ,
    five_hundred,
    show,
)

KEPT = (cases.Send("GET /", ["Connection: keep-alive"]),)
SPOOFED = (cases.Send("GET /", ["X_Forwarded_For: 10.0.0.7"]),)
ALL_AT_ONCE = ("GET /1", "GET /2", "GET /3", "GET /4")

TABLE = (
    claim(
        "app-called-twice",
        "It is the same on every server: the server calls the middleware once, and the middleware "
        "calls twice",
        show(EVERY, "200", b"visit 2\n"),
    ),
    claim(
        "app-hangs",
        "On wsgiref and waitress the client waits as long as your code runs",
        show("wsgiref waitress", seen.HANGS),
    ),
    claim(
        "app-hangs",
        "gunicorn ends its worker after 30 seconds and answers 500",
        show("gunicorn", seen.HANGS, patience=25),
        show("gunicorn", "500", prints=b"WORKER TIMEOUT", patience=45),
    ),
    claim(
        "app-not-callable",
        "Without the name no server starts",
        show(EVERY, seen.NOT_LOADED, app=claim_apps.NO_NAME),
    ),
    claim(
        "app-not-callable",
        "With something that cannot be called, gunicorn does not start",
        show("gunicorn", seen.NOT_LOADED),
    ),
    claim(
        "app-not-callable",
        "wsgiref and waitress start, and answer 500 to each request",
        show("wsgiref waitress", "500", requests=("GET /", "GET /")),
    ),
    claim(
        "app-shared-instance",
        "On every server the second page is empty, with status 200",
        show(EVERY, BLANK),
        show(EVERY, "200", b"Hello\n", requests=("GET /",)),
    ),
    claim(
        "app-signature",
        "Every server answers 500: the call raises a TypeError",
        five_hundred(error=b"TypeError: application() takes 1 positional argument"),
    ),
    claim(
        "app-wrapped-too-early",
        "No server can load the module: AttributeError: 'Timer' object has no attribute 'route'",
        show(
            EVERY,
            seen.NOT_LOADED,
            prints=b"AttributeError: 'Timer' object has no attribute 'route'",
        ),
    ),
    claim(
        "async-app",
        "wsgiref, gunicorn and waitress answer 500: a coroutine is not iterable",
        five_hundred(THREE, b"TypeError: 'coroutine' object is not iterable"),
    ),
    claim(
        "body-bytes-split",
        "Every server answers 500: a bytes-like object is required, not 'str'",
        five_hundred(error=b"TypeError: a bytes-like object is required, not 'str'"),
    ),
    claim(
        "body-closed-file",
        "wsgiref, gunicorn and waitress answer 500: I/O operation on closed file",
        five_hundred(THREE, b"ValueError: I/O operation on closed file"),
    ),
    claim(
        "body-is-bare-bytes",
        "wsgiref and waitress answer 500",
        five_hundred(("wsgiref", "waitress")),
    ),
    claim(
        "body-is-bare-bytes",
        "gunicorn sends an empty page with status 200",
        show("gunicorn", BLANK),
    ),
    claim("body-is-dict", "wsgiref answers 500", show("wsgiref", "500")),
    claim(
        "body-is-dict",
        "gunicorn and waitress send an empty page with status 200",
        show("gunicorn waitress", BLANK),
    ),
    claim(
        "body-is-none",
        "wsgiref, gunicorn and waitress answer 500: 'NoneType' object is not iterable",
        five_hundred(THREE, b"TypeError: 'NoneType' object is not iterable"),
    ),
    claim("body-is-str", "wsgiref answers 500", show("wsgiref", "500")),
    claim(
        "body-is-str",
        "gunicorn and waitress send an empty page with status 200",
        show("gunicorn waitress", BLANK),
    ),
    claim("body-item-is-str", "wsgiref answers 500", show("wsgiref", "500")),
    claim(
        "body-item-is-str",
        "gunicorn and waitress send an empty page with status 200",
        show("gunicorn waitress", BLANK),
    ),
    claim(
        "body-item-not-bytes",
        "With a number, wsgiref and waitress answer 500",
        five_hundred(("wsgiref", "waitress")),
    ),
    claim(
        "body-item-not-bytes",
        "gunicorn sends an empty page with status 200",
        show("gunicorn", BLANK),
    ),
    claim(
        "body-item-not-bytes",
        "waitress accepts a bytearray",
        show("waitress", "200", b"Hello", app=claim_apps.BYTEARRAY),
    ),
    claim(
        "body-len-lies",
        "wsgiref sends the wrong Content-Length",
        show("wsgiref", seen.TOO_LONG, b"Content-Length: 10\r\n", b"Born: 1815"),
    ),
    claim(
        "body-len-lies",
        "waitress cuts the body there",
        show("waitress", "200", b"Content-Length: 10\r\n", lacks=(b"Born: 1815",)),
    ),
    claim(
        "body-len-lies",
        "gunicorn does not call len() and sends the whole page",
        show("gunicorn", "200", b"Born: 1815", lacks=(b"Content-Length",)),
    ),
    claim("body-not-iterable", "wsgiref, gunicorn and waitress answer 500", five_hundred(THREE)),
    claim(
        "body-on-head",
        "wsgiref and waitress send the body",
        show("wsgiref waitress", seen.TOO_LONG, b"\r\n\r\nHello\n"),
    ),
    claim("body-on-head", "gunicorn drops it", show("gunicorn", "200", lacks=(b"Hello",))),
    claim(
        "body-on-no-body-status",
        "wsgiref sends the body",
        show("wsgiref", seen.TOO_LONG, b"\r\n\r\nIt was deleted."),
    ),
    claim(
        "body-on-no-body-status",
        "gunicorn and waitress drop it",
        show("gunicorn waitress", "204", lacks=(b"It was deleted.",)),
    ),
    claim(
        "body-shared-iterator",
        "On every server the second page is empty, with status 200",
        show(EVERY, BLANK),
        show(EVERY, "200", b"Hello\n", requests=("GET /",)),
    ),
    claim("body-text-file", "wsgiref answers 500", show("wsgiref", "500")),
    claim(
        "body-text-file",
        "gunicorn and waitress send an empty page with status 200",
        show("gunicorn waitress", BLANK),
    ),
    claim(
        "bytes-plus-str",
        "Every server answers 500: the TypeError leaves the application",
        five_hundred(error=b"TypeError: can't concat str to bytes"),
    ),
    claim(
        "bytesio-not-rewound",
        "wsgiref, gunicorn and waitress send an empty page with status 200",
        show(THREE, BLANK),
    ),
    claim(
        "chunked-input",
        "wsgiref and gunicorn set no length, so that 'or 0' reads nothing",
        show("wsgiref gunicorn", "200", b"You sent 0 bytes"),
    ),
    claim(
        "chunked-input",
        "waitress decodes the chunks and sets CONTENT_LENGTH",
        show("waitress", "200", b"You sent 8 bytes"),
    ),
    claim(
        "close-swallowed",
        "No server calls the inner close(): it sees only the wrapper",
        show(EVERY, "200", prints=b"the wrapper was closed", app=claim_apps.CLOSE),
        show(EVERY, "200", silent=(b"the inner body was closed",), app=claim_apps.CLOSE),
    ),
    claim(
        "connection-of-another-thread",
        "waitress answers 500: it has four threads, and none of them loaded the module",
        five_hundred("waitress", b"SQLite objects created in a thread"),
    ),
    claim(
        "connection-of-another-thread",
        "on wsgiref and gunicorn, which have one, it works",
        show("wsgiref gunicorn", "200", b"tea"),
    ),
    claim(
        "content-length-characters",
        "gunicorn and waitress cut the body at the promised length",
        show("gunicorn waitress", "200", lacks=(b"e\n",)),
    ),
    claim(
        "content-length-characters",
        "wsgiref sends too much, and the client stops reading there",
        show("wsgiref", seen.TOO_LONG, b"e\n"),
    ),
    claim(
        "content-length-empty",
        "Without a body, wsgiref sets it to ''",
        environ("wsgiref", b"CONTENT_LENGTH = ''."),
    ),
    claim(
        "content-length-empty",
        "gunicorn and waitress leave it out",
        environ("gunicorn waitress", lacks=(b"CONTENT_LENGTH",)),
    ),
    claim(
        "content-length-empty",
        "Where the code does not expect that, each of them answers 500",
        five_hundred(THREE),
        five_hundred(("wsgiref",), b"ValueError", app=claim_apps.GET_WITH_DEFAULT),
    ),
    claim(
        "content-length-malformed",
        "wsgiref sends it as it is",
        show("wsgiref", seen.NO_HTTP, b"Content-Length: 6 bytes\r\n"),
    ),
    claim(
        "content-length-malformed",
        "gunicorn and waitress answer 500",
        five_hundred(("gunicorn", "waitress"), b"ValueError"),
    ),
    claim(
        "content-length-too-long",
        "wsgiref, gunicorn and waitress close the connection at once, so the client gets a "
        "truncated body",
        show(THREE, seen.CUT, b"Hello", sends=KEPT),
    ),
    claim(
        "content-length-too-long",
        "Cheroot keeps it open, and the client waits for the rest",
        show("cheroot", seen.HANGS, b"Hello", sends=KEPT),
    ),
    claim(
        "content-length-too-short",
        "gunicorn and waitress cut the body at the promised length",
        show("gunicorn waitress", "200", b"Prices\ntea 3\nco", lacks=(b"coffee 4",)),
    ),
    claim(
        "content-length-too-short",
        "wsgiref sends too much, and the client stops reading there",
        show("wsgiref", seen.TOO_LONG, b"coffee 4"),
    ),
    claim(
        "content-type-missing",
        "Every server sends the response as it is, with status 200, and the browser guesses",
        show(EVERY, "200", b"<h1>Hello</h1>", lacks=(b"Content-Type",)),
    ),
    claim(
        "content-type-no-charset",
        "Every server sends the response as it is, and the client decides what to show",
        show(EVERY, "200", b"Content-Type: text/plain\r\n"),
    ),
    claim(
        "content-type-of-file",
        "wsgiref, gunicorn and waitress send the type that you gave: a WSGI server does not look "
        "at file names",
        show(THREE, "200", b"Content-Type: text/html; charset=utf-8\r\n", b"navy"),
    ),
    claim(
        "content-type-twice",
        "wsgiref, gunicorn and waitress send both headers, with status 200",
        show(
            THREE,
            "200",
            b"Content-Type: text/html; charset=utf-8\r\n",
            b"Content-Type: text/plain; charset=utf-8\r\n",
        ),
    ),
    claim(
        "context-cleared-early",
        "wsgiref, gunicorn and waitress call the application first and ask for the blocks "
        "afterwards, so it fails on each of them",
        five_hundred(THREE, b"AttributeError: '_thread._local' object has no attribute 'path'"),
    ),
    claim(
        "cookie-output-name",
        "wsgiref, gunicorn and waitress send Set-Cookie: Set-Cookie: theme=dark, with status 200",
        show(THREE, "200", b"\r\nSet-Cookie: Set-Cookie: theme=dark\r\n"),
    ),
    claim(
        "cookie-path",
        "It is the same on every server: the header is sent as it is, and the browser obeys it",
        show(EVERY, "200", b"\r\nSet-Cookie: user=ada\r\n", requests=("GET /shop/login",)),
    ),
    claim(
        "empty-chunk-then-error",
        "waitress changes the status to 500",
        show("waitress", "500", b"Sorry."),
    ),
    claim(
        "empty-chunk-then-error",
        "wsgiref and gunicorn have already sent status 200",
        show("wsgiref gunicorn", BLANK, prints=b"ZeroDivisionError"),
    ),
    claim(
        "empty-chunk-then-error",
        "wsgiref and gunicorn do not check whether the block is empty",
        show("wsgiref gunicorn", BLANK, prints=b"ZeroDivisionError"),
    ),
    claim(
        "environ-key-name",
        "With [], every server answers 500: the lookup raises a KeyError",
        five_hundred(error=b"KeyError: 'USER_AGENT'"),
    ),
    claim(
        "environ-key-not-portable",
        "waitress and Cheroot set REQUEST_URI",
        environ("waitress cheroot", b"REQUEST_URI = '/'.", lacks=(b"RAW_URI",)),
    ),
    claim(
        "environ-key-not-portable",
        "gunicorn sets RAW_URI",
        environ("gunicorn", b"RAW_URI = '/'.", lacks=(b"REQUEST_URI",)),
    ),
    claim(
        "environ-key-not-portable",
        "Werkzeug sets both",
        environ("werkzeug", b"REQUEST_URI = '/'.", b"RAW_URI = '/'."),
    ),
    claim(
        "environ-key-not-portable",
        "wsgiref sets neither",
        environ("wsgiref", lacks=(b"REQUEST_URI", b"RAW_URI")),
    ),
    claim(
        "environ-key-not-portable",
        "Without the key, the lookup raises a KeyError",
        five_hundred(("wsgiref", "gunicorn"), b"KeyError: 'REQUEST_URI'"),
    ),
    claim(
        "environ-key-optional",
        "wsgiref, gunicorn and waitress answer 500",
        five_hundred(THREE, b"KeyError: 'HTTP_COOKIE'"),
    ),
    claim(
        "environ-key-optional",
        "Only wsgiref sets a CONTENT_TYPE, text/plain, if the client sent none",
        environ("wsgiref", b"CONTENT_TYPE = 'text/plain'."),
        environ("gunicorn waitress werkzeug cheroot", lacks=(b"CONTENT_TYPE",)),
    ),
    claim(
        "errors-bytes",
        "Every server answers 500: write() raises a TypeError",
        five_hundred(error=b"TypeError: write() argument must be str, not bytes"),
    ),
    claim(
        "exc-info-after-body",
        "Every server sends a truncated page with status 200",
        show(("gunicorn", "waitress", "cheroot"), seen.CUT, b"100 / 0 is ", lacks=(b"Sorry.",)),
        show(("wsgiref", "werkzeug"), "200", b"100 / 0 is ", lacks=(b"Sorry.",)),
    ),
    claim(
        "file-text-mode",
        "wsgiref, gunicorn and waitress answer 500: a UnicodeDecodeError when reading, a TypeError "
        "when writing",
        five_hundred(THREE, b"UnicodeDecodeError"),
        five_hundred(
            THREE,
            b"TypeError: write() argument must be str, not bytes",
            app=claim_apps.WRITE_AS_TEXT,
        ),
    ),
    claim(
        "header-hop-by-hop",
        "wsgiref and waitress answer 500",
        five_hundred(("wsgiref", "waitress")),
    ),
    claim(
        "header-hop-by-hop",
        "gunicorn drops the header",
        show("gunicorn", "200", lacks=(b"Connection: keep-alive",)),
    ),
    claim(
        "header-injection",
        "gunicorn and waitress answer 500",
        five_hundred(("gunicorn", "waitress")),
    ),
    claim(
        "header-injection",
        "wsgiref sends the forged header",
        show("wsgiref", "200", b"\r\nX-Forged: yes\r\n", applies=not HEADERS_FIXED),
    ),
    claim(
        "header-injection",
        "with the fix for CVE-2026-0865 (January 2026) it raises a ValueError and answers 500",
        five_hundred(("wsgiref",), b"ValueError", applies=HEADERS_FIXED),
    ),
    claim(
        "header-name-malformed",
        "wsgiref and waitress send it as it is",
        show("wsgiref waitress", "200", b"Cache-Control:: no-store\r\n"),
    ),
    claim("header-name-malformed", "gunicorn answers 500", show("gunicorn", "500")),
    claim(
        "header-not-latin1",
        "wsgiref breaks off within the headers",
        show("wsgiref", seen.CUT, b"HTTP/1.0 200 OK\r\n", lacks=(b"\r\n\r\n",)),
    ),
    claim(
        "header-not-latin1",
        "gunicorn 27 and waitress answer 500",
        five_hundred(("gunicorn", "waitress")),
    ),
    claim("header-not-str", "wsgiref, gunicorn and waitress answer 500", five_hundred(THREE)),
    claim(
        "header-not-tuple",
        "With a list instead of a tuple, wsgiref breaks off within the headers, after status 200",
        show("wsgiref", seen.CUT, b"HTTP/1.0 200 OK\r\n", lacks=(b"\r\n\r\n",)),
    ),
    claim(
        "header-not-tuple",
        "gunicorn and waitress accept it",
        show("gunicorn waitress", "200", b"Content-Type: text/plain; charset=utf-8\r\n"),
    ),
    claim(
        "header-spoof",
        "wsgiref makes the same key of a header named X_Forwarded_For, with underscores",
        show("wsgiref", "200", b"The secret page.", sends=SPOOFED),
    ),
    claim(
        "header-spoof",
        "gunicorn and waitress drop that header",
        show("gunicorn waitress", "403", sends=SPOOFED),
    ),
    claim(
        "header-status",
        "Every server sends it as an ordinary header",
        show(EVERY, "200", b"\r\nStatus: 404 Not Found\r\n"),
    ),
    claim("header-status", "the real status stays 200", show(EVERY, "200")),
    claim(
        "headers-as-dict",
        "wsgiref, gunicorn and waitress answer 500: a TypeError or an AttributeError leaves the "
        "application",
        five_hundred(THREE, b"TypeError: list indices must be integers or slices, not str"),
        five_hundred(
            THREE, b"AttributeError: 'list' object has no attribute 'add'", app=claim_apps.ADD
        ),
    ),
    claim(
        "headers-not-list",
        "wsgiref answers 500",
        show("wsgiref", "500"),
        show("wsgiref", "500", app=claim_apps.TUPLE),
    ),
    claim(
        "headers-not-list",
        "gunicorn and waitress happen to accept a tuple, but answer 500 to a dict",
        show("gunicorn waitress", "200", b"Hello", app=claim_apps.TUPLE),
        five_hundred(("gunicorn", "waitress")),
    ),
    claim(
        "headers-shared-list",
        "wsgiref adds Content-Length to the list: from the second response on, pages have the "
        "length of the first one",
        show("wsgiref", seen.TOO_LONG, b"Content-Length: 3\r\n", b"OPTIONS"),
    ),
    claim(
        "headers-through-dict",
        "Every server sends the response as it is, with status 200 and one cookie missing",
        show(EVERY, "200", b"Set-Cookie: lang=de\r\n", lacks=(b"theme=dark",)),
    ),
    claim(
        "html-unescaped",
        "Every server sends the page as it is, with status 200: no server can know which tags are "
        "yours",
        show(EVERY, "200", b"<p>Hello, <b>Ada</b></p>"),
    ),
    claim(
        "import-cgi",
        "It depends on Python, not on the server: up to 3.12 the import works, since 3.13 it "
        "raises ModuleNotFoundError",
        show(EVERY, "200", b"Hello, Ada", applies=HAS_CGI),
        show(EVERY, seen.NOT_LOADED, prints=b"ModuleNotFoundError", applies=not HAS_CGI),
    ),
    claim(
        "import-error",
        "No server that runs this Python starts, so no request is answered",
        show(EVERY, seen.NOT_LOADED, prints=b"ImportError"),
    ),
    claim(
        "input-closed",
        "gunicorn answers 500",
        show("gunicorn", "500", prints=b"AttributeError"),
    ),
    claim(
        "input-closed",
        "wsgiref and waitress ignore it",
        show("wsgiref waitress", "200", b"You sent 8 bytes"),
    ),
    claim(
        "input-is-a-stream",
        "wsgiref, gunicorn and waitress answer 500 to json.loads(environ['wsgi.input'])",
        five_hundred(THREE, b"TypeError: the JSON object must be str, bytes or bytearray"),
    ),
    claim(
        "input-is-a-stream",
        "seek() works on waitress, and fails on wsgiref and gunicorn",
        show("waitress", "200", b"[4, 5, 6][4, 5, 6]", app=claim_apps.SEEK),
        five_hundred(("wsgiref", "gunicorn"), app=claim_apps.SEEK),
    ),
    claim(
        "input-is-a-stream",
        "without a size, wsgiref waits for the client to close the connection",
        show("wsgiref", seen.HANGS, app=claim_apps.READ_ALL),
    ),
    claim(
        "input-read-all",
        "wsgiref and Werkzeug's development server wait for ever",
        show("wsgiref werkzeug", seen.HANGS),
    ),
    claim(
        "input-read-all",
        "gunicorn and waitress stop at the end of the body",
        show("gunicorn waitress", "200", b"You sent 8 bytes"),
    ),
    claim(
        "input-read-too-much",
        "wsgiref and Werkzeug's development server wait for ever",
        show("wsgiref werkzeug", seen.HANGS),
    ),
    claim(
        "input-read-too-much",
        "gunicorn and waitress stop at the end of the body",
        show("gunicorn waitress", "200", b"I read 8 bytes"),
    ),
    claim(
        "input-read-twice",
        "wsgiref and Werkzeug's development server wait for ever",
        show("wsgiref werkzeug", seen.HANGS),
    ),
    claim("input-read-twice", "gunicorn and waitress return b''", show("gunicorn waitress", BLANK)),
    claim(
        "json-to-form-handler",
        "It is the same on every server: none of them looks into the body",
        show(EVERY, "200", b"Hello, nobody\n"),
    ),
    claim(
        "location-without-redirect",
        "wsgiref, gunicorn and waitress send it as it is: status 200, Location and an empty body",
        show(THREE, BLANK, b"\r\nLocation: /home\r\n"),
    ),
    claim(
        "middleware-class-not-instance",
        "wsgiref, gunicorn and waitress answer 500: 'Timer' object is not iterable",
        five_hundred(THREE, b"TypeError: 'Timer' object is not iterable"),
    ),
    claim(
        "middleware-early-status",
        "Every server answers 500: the lookup raises an exception",
        five_hundred(error=b"KeyError: 'status'"),
    ),
    claim(
        "middleware-eats-input",
        "wsgiref and Werkzeug's development server wait for ever",
        show("wsgiref werkzeug", seen.HANGS),
    ),
    claim(
        "middleware-eats-input",
        "on gunicorn and waitress the inner application reads b''",
        show("gunicorn waitress", "200", b"You sent 0 bytes"),
    ),
    claim(
        "middleware-joins-body",
        "On every server the first byte arrives late",
        show(EVERY, seen.HANGS, app=claim_apps.SLOW_END, lacks=(b"first",)),
    ),
    claim(
        "middleware-no-exc-info",
        "Every server answers 500 when the inner application passes exc_info",
        five_hundred(error=b"takes 2 positional arguments but 3 were given"),
    ),
    claim(
        "middleware-no-write",
        "On every server write fails: 'NoneType' object is not callable",
        five_hundred(error=b"TypeError: 'NoneType' object is not callable"),
    ),
    claim(
        "middleware-request-length",
        "It is the same on every server: the application inside reads only part of the body",
        show(EVERY, "200", b"8 bytes\n", lacks=(b"17 bytes",)),
    ),
    claim(
        "middleware-shared-state",
        "waitress runs four threads: of two requests at the same time, one uses the path of the "
        "other",
        show(
            "waitress",
            "200",
            app=claim_apps.AT_ONCE,
            requests=ALL_AT_ONCE,
            at_once=True,
            same=True,
            patience=8,
        ),
    ),
    claim(
        "middleware-stale-length",
        "gunicorn and waitress cut the body at the old length",
        show("gunicorn waitress", "200", b"Good m", lacks=(b"Good morning",)),
    ),
    claim(
        "middleware-stale-length",
        "wsgiref sends too much, and the client stops reading there",
        show("wsgiref", seen.TOO_LONG, b"Good morning"),
    ),
    claim(
        "none-called",
        "wsgiref, gunicorn and waitress answer 500: 'NoneType' object is not callable",
        five_hundred(THREE, b"TypeError: 'NoneType' object is not callable"),
    ),
    claim(
        "os-environ",
        "With [], every server answers 500: the key does not exist",
        five_hundred(error=b"KeyError: 'PATH_INFO'"),
    ),
    claim(
        "os-exit",
        "wsgiref, gunicorn and waitress send nothing, and the connection ends",
        show(THREE, seen.NO_ANSWER),
    ),
    claim(
        "page-printed",
        "Every server sends an empty page with status 200",
        show(EVERY, BLANK),
    ),
    claim(
        "parse-qs-blank",
        "Every server answers 500: the lookup raises a KeyError",
        five_hundred(error=b"KeyError: 'name'"),
    ),
    claim(
        "parse-qs-bytes",
        "Every server answers 500: the lookup raises a KeyError",
        five_hundred(error=b"KeyError: 'name'"),
    ),
    claim(
        "parse-qs-list",
        "Every server answers 500: a str and a list cannot be added",
        five_hundred(error=b'TypeError: can only concatenate str (not "list") to str'),
    ),
    claim(
        "path-encoded-slash",
        "wsgiref, gunicorn and waitress decode it too",
        show(THREE, "404"),
    ),
    claim(
        "path-encoded-slash",
        "Cheroot leaves %2F as it is",
        show("cheroot", "200", b"The band AC%2FDC"),
    ),
    claim(
        "path-info-not-latin1",
        "It is the same on every server: the application inside gets a UnicodeEncodeError for ☕, "
        "and a UnicodeDecodeError for é",
        five_hundred(error=b"UnicodeEncodeError"),
        five_hundred(error=b"UnicodeDecodeError", app=claim_apps.LONE_BYTE),
    ),
    claim(
        "path-no-slash",
        "It is the same on every server: the page is not found (404)",
        show(EVERY, "404"),
    ),
    claim(
        "path-not-decoded",
        "It is the same on every server: the page is not found (404)",
        show(EVERY, "404"),
    ),
    claim(
        "path-traversal",
        "wsgiref, gunicorn and waitress pass on /../ and %2e%2e/ unresolved",
        show(THREE, "200", b"a secret\n"),
        show(THREE, "200", b"a secret\n", requests=("GET /%2e%2e/secret.txt",)),
    ),
    claim(
        "percent-in-template",
        "Every server answers 500",
        five_hundred(error=b"ValueError: unsupported format character ';'"),
    ),
    claim(
        "print-in-app",
        "Every server sends the response without it, with status 200",
        show(EVERY, "200", b"<h1>Hello</h1>", lacks=(b"somebody was here",)),
    ),
    claim(
        "python-2-code",
        "Every server with Python 3 answers 500",
        five_hundred(error=b"'dict' object has no attribute 'iteritems'"),
    ),
    claim(
        "query-split-by-hand",
        "It is the same on every server: a ValueError and status 500, or the wrong text",
        five_hundred(error=b"ValueError: not enough values to unpack"),
        show(EVERY, "200", b"Hello, Zo%C3%AB", requests=("GET /?name=Zo%C3%AB",)),
    ),
    claim("raised-before-start", "Every server answers 500", five_hundred()),
    claim(
        "raised-lazily",
        "Every server sends a truncated page with status 200 if blocks have already been sent",
        show(("gunicorn", "waitress", "cheroot"), seen.CUT, b"3\n", b"4\n"),
        show(("wsgiref", "werkzeug"), "200", b"3\n4\n", prints=b"ValueError"),
    ),
    claim(
        "raised-lazily",
        "on wsgiref the client cannot tell that it is truncated",
        show("wsgiref", "200", b"3\n4\n", lacks=(b"Content-Length", b"chunked")),
    ),
    claim(
        "raised-mid-body",
        "Every server sends a truncated page with status 200",
        show(("gunicorn", "waitress", "cheroot"), seen.CUT, b"tea: 6", b"coffee: 8"),
        show(("wsgiref", "werkzeug"), "200", b"coffee: 8", prints=b"ValueError"),
    ),
    claim(
        "raised-mid-body",
        "on wsgiref the client cannot tell that it is truncated",
        show("wsgiref", "200", b"coffee: 8", lacks=(b"Content-Length", b"chunked")),
    ),
    claim(
        "relative-path",
        "wsgiref and waitress answer 500",
        five_hundred(("wsgiref", "waitress"), b"FileNotFoundError"),
    ),
    claim(
        "relative-path",
        "gunicorn 27 closes the connection without an answer: it mistakes a FileNotFoundError for "
        "an error on its socket",
        show("gunicorn", seen.NO_ANSWER),
    ),
    claim(
        "request-state-global",
        "It is the same on every server",
        show(EVERY, "200", b"Hello, Ada\n"),
        show(EVERY, "200", b"Hello, stranger\n", requests=("GET /",)),
    ),
    claim(
        "return-in-generator",
        "wsgiref, gunicorn and waitress send an empty page with status 200",
        show(THREE, BLANK),
    ),
    claim(
        "script-name-path-info",
        "It is the same on every server, because the middleware sets the keys",
        show(EVERY, "200", b"\r\n/cart"),
    ),
    claim(
        "script-name-slash",
        "It is the same on every server, because the middleware sets the keys",
        show(EVERY, "200", b"/shop//help"),
    ),
    claim(
        "script-name-slash",
        "wsgiref.validate rejects PATH_INFO 'cart', but accepts SCRIPT_NAME '/shop/'",
        show("validate", "500", prints=b"AssertionError", app=claim_apps.NO_SLASH),
        show("validate", "200", b"Hello", app=claim_apps.SLASH_AT_THE_END),
    ),
    claim(
        "server-at-import",
        "gunicorn accepts connections and never answers them",
        show("gunicorn", seen.HANGS, app=claim_apps.SECOND_SERVER),
    ),
    claim(
        "server-at-import",
        "waitress does not even start to listen",
        show("waitress", seen.NOT_LOADED, app=claim_apps.SECOND_SERVER),
    ),
    claim(
        "start-response-keywords",
        "wsgiref, gunicorn and waitress happen to use the names status and headers, so the call "
        "works",
        show(THREE, "200", b"Hello"),
    ),
    claim(
        "start-response-keywords",
        "wsgiref.validate raises an AssertionError",
        show("validate", "500", prints=b"AssertionError"),
    ),
    claim(
        "start-response-late",
        "wsgiref and waitress answer 500",
        five_hundred(("wsgiref", "waitress")),
    ),
    claim(
        "start-response-late",
        "gunicorn sends a malformed response",
        show("gunicorn", seen.NO_HTTP, b"HTTP/1.1 None\r\n"),
    ),
    claim(
        "start-response-missing",
        "wsgiref and waitress answer 500",
        five_hundred(("wsgiref", "waitress")),
    ),
    claim(
        "start-response-missing",
        "gunicorn sends None in place of the status",
        show("gunicorn", seen.NO_HTTP, b"HTTP/1.1 None\r\n"),
    ),
    claim(
        "start-response-no-exc-info",
        "Every server answers 500, but with the server's page, not yours",
        five_hundred(error=b"ZeroDivisionError", lacks=(b"Sorry",)),
    ),
    claim(
        "start-response-twice",
        "Where nothing has been sent yet, every server answers 500: the second call raises an exception",
        five_hundred(lacks=(b"There is no such page.",)),
    ),
    claim(
        "state-per-process",
        "wsgiref and waitress have one process, and so has gunicorn by default: the second page "
        "says visit 2",
        show(THREE, "200", b"visit 2\n"),
    ),
    claim(
        "status-interim",
        "wsgiref, gunicorn and waitress send it as it is, and nothing after it",
        show(THREE, seen.NO_HTTP, b" 103 Early Hints\r\n", lacks=(b" 200 ", b" 500 ")),
    ),
    claim("status-malformed", "Without a reason, wsgiref answers 500", show("wsgiref", "500")),
    claim(
        "status-malformed",
        "gunicorn and waitress send it as it is",
        show("gunicorn waitress", seen.NO_HTTP, b"HTTP/1.1 404\r\n"),
    ),
    claim(
        "status-malformed",
        "With a line break, gunicorn 27 and waitress answer 500",
        five_hundred(("gunicorn", "waitress"), app=claim_apps.LINE_BREAK),
    ),
    claim(
        "status-malformed",
        "wsgiref sends the rest as a header",
        show(
            "wsgiref",
            "200",
            b"\r\nX-Forged: yes\r\n",
            app=claim_apps.LINE_BREAK,
            applies=not STATUS_FIXED,
        ),
    ),
    claim(
        "status-malformed",
        "with the fix gh-144370 (March 2026) it raises a ValueError and answers 500",
        five_hundred(("wsgiref",), b"ValueError", app=claim_apps.LINE_BREAK, applies=STATUS_FIXED),
    ),
    claim("status-not-str", "wsgiref, gunicorn and waitress answer 500", five_hundred(THREE)),
    claim(
        "stop-iteration-raised",
        "wsgiref, gunicorn and waitress answer 500 if it happens before the first block",
        five_hundred(THREE, b"RuntimeError: generator raised StopIteration"),
    ),
    claim(
        "str-of-bytes",
        "Every server sends the page as it is, with status 200",
        show(EVERY, "200", b"You sent: b'name=Ada'"),
    ),
    claim(
        "str-where-bytes",
        "wsgiref, gunicorn and waitress answer 500: a TypeError leaves the application",
        five_hundred(THREE, b"TypeError: Strings must be encoded before hashing"),
    ),
    claim(
        "stream-kept",
        "On wsgiref, gunicorn and waitress it works",
        show(THREE, "200", b"Hello\n", requests=("GET /", "GET /")),
    ),
    claim("sys-exit", "wsgiref and gunicorn answer 500", five_hundred(("wsgiref", "gunicorn"))),
    claim("sys-exit", "waitress leaves the client waiting", show("waitress", seen.HANGS)),
    claim(
        "syntax-error",
        "No server that runs this Python starts, so no request is answered",
        show(EVERY, seen.NOT_LOADED, prints=b"SyntaxError"),
    ),
)
