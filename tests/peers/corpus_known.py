"""What may be found in the corpus: a reviewed list, each entry with its reason.

An entry that nothing shows any more is reported, so that the list stays true.
"""

import collections

import corpus_files

# A line of a file, and a mistake that may be found there.
Entry = collections.namedtuple("Entry", "file slug line reason")

PROXIES = "true: anyone can send it; it is there for apps behind a proxy that sets it"

ENTRIES = (
    Entry(
        "stdlib/cgi.py", "content-length-empty", "clength = int(environ['CONTENT_LENGTH'])",
        "true: cgi.parse() of a POST without a Content-Length raises a KeyError, or a ValueError",
    ),
    Entry(
        "Paste/paste/registry.py", "close-swallowed",
        "for item in self.application(environ, start_response):",
        "true: the generator never closes the iterable of the application inside",
    ),
    Entry(
        "CherryPy/cherrypy/lib/profiler.py", "close-swallowed",
        "for line in self.nextapp(environ, start_response):",
        "true: the lines are gathered in a list, and the iterable is never closed",
    ),
    Entry(
        "cheroot/cheroot/test/test_core.py", "environ-key-name",
        "if req.environ.get('Content-Length', None) is None:",
        "true: the key is CONTENT_LENGTH, so this test's page always answers 411",
    ),
    Entry(
        "Werkzeug/werkzeug/debug/__init__.py", "close-swallowed",
        "yield from response(environ, start_response)",
        "true by the letter: this response has nothing to close",
    ),
    Entry(
        "stdlib/test/test_asyncio/utils.py", "content-length-empty",
        "size = int(environ['CONTENT_LENGTH'])",
        "true: the test server of the standard library fails without the header",
    ),
    Entry(
        "Paste/paste/auth/cas.py", "query-split-by-hand",
        "qs = environ.get('QUERY_STRING','').split(\"&\")",
        "the last field is taken off by its place; with another field behind it the login fails",
    ),
    Entry(
        "starlette/starlette/middleware/wsgi.py", "close-swallowed",
        "for chunk in self.app(environ, start_response):",
        "the body is iterated and close() is never called",
    ),
    Entry(
        "starlette/starlette/middleware/wsgi.py", "middleware-no-write",
        "def start_response(",
        "a gateway whose start_response returns no write()",
    ),
    Entry(
        "bottle/bottle.py", "header-spoof",
        "http = env.get('HTTP_X_FORWARDED_PROTO') \\", PROXIES,
    ),
    Entry(
        "bottle/bottle.py", "header-spoof",
        "host = env.get('HTTP_X_FORWARDED_HOST') or env.get('HTTP_HOST')", PROXIES,
    ),
    Entry(
        "bottle/bottle.py", "header-spoof",
        "proxy = self.environ.get('HTTP_X_FORWARDED_FOR')", PROXIES,
    ),
    Entry(
        "falcon/falcon/request.py", "header-spoof",
        "scheme = self.env['HTTP_X_FORWARDED_PROTO'].lower()", PROXIES,
    ),
    Entry(
        "falcon/falcon/request.py", "header-spoof",
        "host = self.env['HTTP_X_FORWARDED_HOST']", PROXIES,
    ),
    Entry(
        "falcon/falcon/request.py", "header-spoof",
        "addresses = self.env['HTTP_X_FORWARDED_FOR'].split(',')", PROXIES,
    ),
    Entry(
        "falcon/falcon/request.py", "header-spoof",
        "self._cached_access_route = [self.env['HTTP_X_REAL_IP']]", PROXIES,
    ),
)


class Known:
    """The entries, and which of them were seen."""

    def __init__(self):
        self._seen = set()

    def allows(self, file, found):
        """Whether something that was found in a file is on the list."""
        for entry in ENTRIES:
            if (entry.file, entry.slug, entry.line) == (file, found.slug, found.text):
                self._seen.add(entry)
                return True
        return False

    def unseen(self, names):
        """The entries of these packages that were not seen.

        The standard library is another one with each Python, so its entries are not asked for.
        """
        asked = set(names) - {corpus_files.STDLIB}
        return [
            f"{entry.slug} in {entry.file}: {entry.line}"
            for entry in ENTRIES
            if entry.file.split("/")[0] in asked and entry not in self._seen
        ]
