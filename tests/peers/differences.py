"""Why we and a peer differ: the table of the differential test."""

import dataclasses
import fnmatch
import re

PEERS = ("gunicorn", "waitress", "wsgiref")


@dataclasses.dataclass(frozen=True)
class Entry:
    """Explains differences: those of these peers, apps, requests, and of this aspect. An empty
    tuple stands for all. `ours` and `theirs` are patterns for the two values, `status` is one for the
    status that both gave."""

    # The id of a rule of the book, or a sentence.
    why: str
    peers: tuple
    aspects: tuple
    requests: tuple = ()
    apps: tuple = ()
    ours: str = "*"
    theirs: str = "*"
    status: str = "*"

    def is_a_rule(self):
        return re.fullmatch(r"[a-z0-9-]+", self.why) is not None

    def explains(self, difference):
        return (
            difference.peer in self.peers
            and any(fnmatch.fnmatchcase(difference.aspect, aspect) for aspect in self.aspects)
            and (not self.requests or difference.request in self.requests)
            and (not self.apps or difference.app in self.apps)
            and fnmatch.fnmatchcase(difference.ours, self.ours)
            and fnmatch.fnmatchcase(difference.theirs, self.theirs)
            and fnmatch.fnmatchcase(difference.status, self.status)
        )

    def untrue(self, matched):
        """The parts of this entry that explain nothing."""
        for what, named in (
            ("peer", self.peers),
            ("request", self.requests),
            ("app", self.apps),
        ):
            seen = {getattr(difference, what) for difference in matched}
            yield from (f"nothing for {name}" for name in named if name not in seen)
        for aspect in self.aspects:
            if not any(fnmatch.fnmatchcase(found.aspect, aspect) for found in matched):
                yield f"nothing for {aspect}"


ALL = PEERS
REFUSED = "[45]??"

TABLE = (
    # Whoever the server is.
    Entry("Each server writes its own error pages.", ALL, ("body",), status=REFUSED),
    Entry(
        "Each server writes its own error pages.",
        ALL,
        ("header content-type", "header content-length"),
        status=REFUSED,
    ),
    Entry(
        "Servers add variables of their own.",
        ("gunicorn",),
        ("environ RAW_URI", "environ gunicorn.socket", "environ wsgi.early_hints"),
        ours="absent",
    ),
    Entry(
        "Servers add variables of their own.",
        ("waitress",),
        ("environ REQUEST_URI", "environ waitress.client_disconnected"),
        ours="absent",
    ),
    Entry(
        "REMOTE_HOST may be left out, or repeat the address.",
        ("waitress", "wsgiref"),
        ("environ REMOTE_HOST",),
        ours="absent",
    ),
    Entry(
        "GATEWAY_INTERFACE is the version of CGI, which none of these servers speaks.",
        ("wsgiref",),
        ("environ GATEWAY_INTERFACE",),
        ours="absent",
    ),
    Entry(
        "environ-holds-no-variables-of-the-server",
        ("wsgiref",),
        ("environ, variables of the process",),
        ours="absent",
    ),
    # The request in environ.
    Entry("environ-path-info-of-a-star-is-empty", ALL, ("environ PATH_INFO",), ("a star",)),
    Entry(
        "environ-path-info-keeps-double-slashes",
        ("waitress", "wsgiref"),
        ("environ PATH_INFO",),
        ("double slashes",),
    ),
    Entry(
        "request-line-absolute-targets",
        ("wsgiref",),
        ("environ PATH_INFO",),
        ("an absolute target",),
    ),
    Entry(
        "request-line-absolute-targets-name-the-host",
        ALL,
        ("environ HTTP_HOST",),
        ("an absolute target",),
    ),
    Entry(
        "environ-server-name-and-port-lead-to-it",
        ("waitress",),
        ("environ SERVER_NAME",),
        theirs="'waitress.invalid'",
    ),
    Entry("A name of the same address.", ("wsgiref",), ("environ SERVER_NAME",)),
    Entry(
        "waitress knows HTTP/1.0 and HTTP/1.1 only, and takes all else for the older one.",
        ("waitress",),
        ("environ SERVER_PROTOCOL",),
        ("HTTP/1.2",),
    ),
    Entry("environ-remote-port", ("wsgiref",), ("environ REMOTE_PORT",), theirs="absent"),
    Entry(
        "environ-wsgi-input-terminated",
        ("wsgiref",),
        ("environ wsgi.input_terminated",),
        theirs="absent",
    ),
    Entry(
        "waitress calls the app from several threads, and says so.",
        ("waitress",),
        ("environ wsgi.multithread",),
        theirs="True",
    ),
    Entry(
        "headers-content-headers-not-sent-have-no-key",
        ("wsgiref",),
        ("environ CONTENT_LENGTH", "environ CONTENT_TYPE"),
        ours="absent",
    ),
    Entry(
        "headers-content-length-of-chunks",
        ("gunicorn", "wsgiref"),
        ("environ CONTENT_LENGTH",),
        ("POST in chunks", "an extension of a chunk", "a trailer"),
    ),
    Entry(
        "headers-transfer-encoding-has-no-key",
        ("gunicorn", "wsgiref"),
        ("environ HTTP_TRANSFER_ENCODING",),
    ),
    Entry(
        "input-chunked-bodies-are-decoded",
        ("wsgiref",),
        ("environ the body",),
        ("POST in chunks", "an extension of a chunk", "a trailer"),
    ),
    Entry("headers-cookies-are-joined", ALL, ("environ HTTP_COOKIE",), ("two cookies",)),
    Entry(
        "The parts of a list may stand with a space or without.",
        ("waitress",),
        ("environ HTTP_X_A",),
        ("headers sent twice",),
        ours="'1,2'",
        theirs="'1, 2'",
    ),
    Entry("headers-proxy-has-no-key", ALL, ("environ HTTP_PROXY",), ("Proxy",)),
    Entry(
        "headers-names-with-underscores-have-no-key",
        ("wsgiref",),
        ("environ HTTP_X_A",),
        ("an underscore in a name",),
    ),
    # The answer.
    Entry(
        "wsgiref answers in HTTP/1.0.",
        ("wsgiref",),
        ("version",),
        theirs="HTTP/1.0",
    ),
    Entry(
        "A client of HTTP/1.0 may be answered in either version (RFC 9110, 6.2).",
        ("gunicorn", "waitress"),
        ("version",),
        ("HTTP/1.0", "HTTP/1.0 without Host"),
    ),
    Entry(
        "waitress knows HTTP/1.0 and HTTP/1.1 only, and takes all else for the older one.",
        ("waitress",),
        ("version",),
        ("HTTP/1.2",),
    ),
    Entry(
        "What could not be read has no version to answer in.",
        ("waitress",),
        ("version",),
        (
            "no request line",
            "four parts",
            "two spaces",
            "a method that is no token",
            "a CR in a value",
            "a NUL in a value",
            "no colon",
            "a space before the colon",
        ),
        theirs="HTTP/1.0",
    ),
    Entry(
        "connections-end-as-announced",
        ("wsgiref",),
        ("header connection",),
        theirs="absent",
    ),
    Entry(
        "connections-stay-open",
        ("gunicorn", "waitress"),
        ("header connection",),
        ("keep-alive", "two at once"),
        theirs="close",
    ),
    Entry(
        "connections-stay-open",
        ALL,
        ("status",),
        ("keep-alive (2)", "two at once (2)"),
        theirs="the end",
    ),
    Entry(
        "framing-one-block-has-its-length",
        ("gunicorn",),
        ("header content-length",),
        apps=("hello", "headers"),
        ours="5",
        theirs="absent",
    ),
    Entry(
        "framing-one-block-has-its-length",
        ("gunicorn",),
        ("header transfer-encoding",),
        apps=("hello", "headers", "echo"),
        ours="absent",
        theirs="chunked",
    ),
    Entry(
        "framing-an-empty-body-has-length-0",
        ("gunicorn", "waitress"),
        ("header content-length",),
        apps=("empty",),
        ours="0",
        theirs="absent",
    ),
    Entry(
        "framing-an-empty-body-has-length-0",
        ("gunicorn", "waitress"),
        ("header transfer-encoding",),
        apps=("empty",),
        theirs="chunked",
    ),
    Entry(
        "To HEAD we name a length or nothing; the answer to GET would have been in chunks.",
        ("waitress",),
        ("header transfer-encoding",),
        ("HEAD",),
        apps=("fails_during", "generator", "writer"),
        theirs="chunked",
    ),
    Entry(
        "To HEAD we name no length for an app that returned nothing: it may be sparing itself the body.",
        ("wsgiref",),
        ("header content-length",),
        ("HEAD",),
        apps=("empty",),
        theirs="0",
    ),
    Entry(
        "framing-no-content-has-no-body",
        ("wsgiref",),
        ("header content-length",),
        apps=("no_content",),
        theirs="0",
    ),
    Entry(
        "wsgiref answers in HTTP/1.0, which has no chunks.",
        ("wsgiref",),
        ("header transfer-encoding",),
        apps=("fails_during", "generator", "writer"),
        theirs="absent",
    ),
    Entry(
        "failures-during-a-body",
        ("wsgiref",),
        ("whole",),
        apps=("fails_during",),
        theirs="True",
    ),
    Entry(
        "framing-head-has-no-body",
        ("waitress", "wsgiref"),
        ("after it",),
        ("HEAD",),
        theirs="bytes",
    ),
    Entry(
        "gunicorn's error page has a body in answer to HEAD, too.",
        ("gunicorn",),
        ("after it",),
        ("HEAD",),
        apps=("fails_before",),
        theirs="bytes",
    ),
    Entry(
        "gunicorn's error pages have neither Date nor Server.",
        ("gunicorn",),
        ("header date", "header server"),
        theirs="absent",
        status=REFUSED,
    ),
    Entry(
        "response-head-server-of-the-app-stays",
        ("gunicorn",),
        ("header server",),
        apps=("headers",),
        ours="mine",
    ),
    Entry(
        "waitress names itself in Via where the app has a Server header of its own.",
        ("waitress",),
        ("header via",),
        apps=("headers",),
    ),
    Entry(
        "100 Continue may be left out when the body is there already (RFC 9110, 10.1.1).",
        ("gunicorn", "waitress"),
        ("interim answers",),
        ("Expect",),
        ours="[]",
    ),
    # Odd requests.
    Entry(
        "request-line-methods-of-any-token",
        ("gunicorn", "waitress"),
        ("status",),
        ("a method in small letters",),
        ours="200",
        theirs="400",
    ),
    Entry(
        "environ-path-info-takes-raw-bytes",
        ("gunicorn", "waitress"),
        ("status",),
        ("raw bytes in the path",),
        ours="200",
        theirs="400",
    ),
    Entry(
        "request-line-later-minor-versions",
        ("gunicorn",),
        ("status",),
        ("HTTP/1.2",),
        theirs="no HTTP",
    ),
    Entry("request-line-targets-with-a-fragment", ALL, ("status",), ("a fragment",), theirs="200"),
    Entry("request-line-escaped-nul", ALL, ("status",), ("an escaped NUL",), theirs="200"),
    Entry("header-lines-without-host", ALL, ("status",), ("no Host",), theirs="200"),
    Entry(
        "body-length-unknown-codings",
        ("gunicorn", "wsgiref"),
        ("status",),
        ("gzip and then chunked",),
        theirs="200",
    ),
    Entry("request-line-other-major-versions-get-505", ALL, ("status",), ("HTTP/2.0",), ours="505"),
    Entry(
        "request-line-without-a-version",
        ("waitress", "wsgiref"),
        ("status",),
        ("HTTP/0.9",),
        ours="400",
    ),
    Entry(
        "request-line-garbage",
        ("wsgiref",),
        ("status",),
        ("no request line",),
        ours="400",
        theirs="no HTTP",
    ),
    Entry(
        "request-line-with-extra-parts",
        ("wsgiref",),
        ("status",),
        ("four parts",),
        ours="400",
        theirs="no HTTP",
    ),
    Entry(
        "request-line-with-other-white-space",
        ("wsgiref",),
        ("status",),
        ("two spaces",),
        ours="400",
        theirs="200",
    ),
    Entry(
        "request-line-malformed-methods",
        ("wsgiref",),
        ("status",),
        ("a method that is no token",),
        ours="400",
        theirs="200",
    ),
    Entry(
        "request-line-targets-without-a-slash",
        ("waitress", "wsgiref"),
        ("status",),
        ("no slash",),
        theirs="200",
    ),
    Entry(
        "request-line-empty-lines-before",
        ("wsgiref",),
        ("status",),
        ("an empty line before",),
        ours="200",
        theirs="the end",
    ),
    Entry(
        "header-lines-two-hosts",
        ("waitress", "wsgiref"),
        ("status",),
        ("two Hosts",),
        theirs="200",
    ),
    Entry(
        "header-lines-bare-line-feeds",
        ("waitress", "wsgiref"),
        ("status",),
        ("lines ended with LF",),
        ours="400",
    ),
    Entry(
        "header-lines-bare-carriage-returns",
        ("wsgiref",),
        ("status",),
        ("a CR in a value",),
        theirs="200",
    ),
    Entry("header-lines-nul", ("wsgiref",), ("status",), ("a NUL in a value",), theirs="200"),
    Entry(
        "header-lines-all-doubtful-values",
        ("waitress", "wsgiref"),
        ("status",),
        ("a folded value",),
        theirs="200",
    ),
    Entry("header-lines-without-a-colon", ("wsgiref",), ("status",), ("no colon",), theirs="200"),
    Entry(
        "header-lines-white-space-before-the-colon",
        ("wsgiref",),
        ("status",),
        ("a space before the colon",),
        theirs="200",
    ),
    Entry(
        "header-lines-two-content-types",
        ("waitress", "wsgiref"),
        ("status",),
        ("two Content-Types",),
        theirs="200",
    ),
    Entry(
        "header-lines-other-expectations",
        ("waitress", "wsgiref"),
        ("status",),
        ("another expectation",),
        ours="417",
        theirs="200",
    ),
    Entry(
        "body-length-two-different-lengths",
        ("wsgiref",),
        ("status",),
        ("two lengths",),
        theirs="200",
    ),
    Entry(
        "body-length-the-same-length-twice-gets-400",
        ("wsgiref",),
        ("status",),
        ("a length twice",),
        theirs="200",
    ),
    Entry(
        "body-length-signs",
        ("wsgiref",),
        ("status",),
        ("a length with a sign",),
        theirs="200",
    ),
    Entry(
        "body-length-no-digits",
        ("wsgiref",),
        ("status",),
        ("a length in words",),
        theirs="500",
    ),
    Entry(
        "body-length-both-lengths-get-400",
        ("waitress", "wsgiref"),
        ("status",),
        ("a length and chunks",),
        theirs="200",
    ),
    Entry(
        "body-length-chunks-in-http-1-0-get-400",
        ("waitress", "wsgiref"),
        ("status",),
        ("chunks in HTTP/1.0",),
        theirs="200",
    ),
    Entry(
        "Both say no: one to chunks that are not the last coding, the other to the coding after them.",
        ("waitress",),
        ("status",),
        ("chunked and then gzip",),
        ours="400",
        theirs="501",
    ),
    Entry(
        "body-length-chunked-not-last",
        ("wsgiref",),
        ("status",),
        ("chunked and then gzip",),
        theirs="200",
    ),
    Entry("chunks-signs", ("wsgiref",), ("status",), ("a chunk with a sign",), theirs="200"),
    Entry(
        "chunks-wrong-sizes",
        ("wsgiref",),
        ("status",),
        ("a chunk longer than it says",),
        theirs="200",
    ),
    Entry(
        "limits-request-line",
        ("waitress", "wsgiref"),
        ("status",),
        ("a line of 10,000 bytes",),
        ours="414",
        theirs="200",
    ),
    Entry(
        "limits-headers",
        ("waitress",),
        ("status",),
        ("110 headers",),
        ours="431",
        theirs="200",
    ),
    Entry(
        "A reason phrase is free.",
        ("wsgiref",),
        ("reason",),
        ("110 headers",),
    ),
)
