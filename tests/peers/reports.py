"""The public questions and bug reports that docs/mistakes.md has a table of.

Each has an app of our own below tests/mistakes that makes the same mistake, or is right in the same way.
Nothing of a report itself is here but where it stands.
"""

import collections
import dataclasses
import re
import sys

import cases


@dataclasses.dataclass(frozen=True)
class Report:
    """What was reported, and our app for it."""

    # owner/repository#number of issues and pull requests on GitHub,
    # stackoverflow.com/questions/number.
    sources: tuple
    # In a few words of our own; of a right app, what it does.
    words: str
    # Below tests/mistakes, without .py.
    app: str

    @property
    def file(self):
        return cases.FOLDER / f"{self.app}.py"

    def links(self):
        """Its sources as Markdown."""
        return ", ".join(f"[{source}]({address(source)})" for source in self.sources)


def address(source):
    """Where a source stands on the web; GitHub leads on from issues to pull requests."""
    if re.fullmatch(r"stackoverflow\.com/questions/\d+", source):
        return f"https://{source}"
    found = re.fullmatch(r"([\w.-]+/[\w.-]+)#(\d+)", source)
    if not found:
        raise ValueError(f"there is no address for {source!r}")
    return f"https://github.com/{found[1]}/issues/{found[2]}"


def all_there():
    """The reports; the program ends when the app of one of them does not exist, or is another's too."""
    apps = collections.Counter(it.app for it in REPORTS)
    wrong = [f"there is no {it.file}, the app of {it.sources[0]}" for it in REPORTS if not it.file.is_file()]
    wrong += [f"{app} is the app of {count} reports; make them one" for app, count in apps.items() if count > 1]
    if wrong:
        sys.exit("\n".join(f"{__file__}: {it}" for it in wrong))
    return REPORTS


REPORTS = (
    Report(
        ("TurboGears/backlash#19",),
        "A middleware closed the body only after its last block; a visitor who left kept a session open.",
        "wrong/close-swallowed/close_after_the_loop",
    ),
    Report(
        ("MindscapeHQ/raygun4py#22",),
        "A middleware looked for `close()` on the last block, and not on the body.",
        "wrong/close-swallowed/close_of_the_last_block",
    ),
    Report(
        ("cherrypy/cherrypy#693",),
        "A bare `except` around a `yield` caught the GeneratorExit of a visitor who left.",
        "wrong/generator-exit-caught/bare_except",
    ),
    Report(
        ("instana/python-sensor#821", "Pylons/pyramid_tm#56"),
        "What belongs to a request was over when the call returned; the body was still to be made.",
        "wrong/context-cleared-early/thread_local",
    ),
    Report(
        ("circuits/circuits#135",),
        "Two cookies came in one header with a comma between them.",
        "wrong/cookies-in-one-header/joined_by_commas",
    ),
    Report(
        ("kevin1024/pytest-httpbin#27",),
        "An app set Transfer-Encoding itself; wsgiref answers 500.",
        "wrong/header-hop-by-hop/chunked_generator",
    ),
    Report(
        ("connectrpc/connect-py#340",),
        "Without a CONTENT_LENGTH an app read to the end of the connection: no answer on wsgiref.",
        "wrong/input-read-all/no_length_is_minus_one",
    ),
    Report(
        ("c-bata/webframework-in-python#11",),
        "CONTENT_LENGTH was there and empty, so that the default of `get()` did not help.",
        "wrong/content-length-empty/default_zero",
    ),
    Report(
        ("logandk/serverless-wsgi#39", "logandk/serverless-wsgi#40"),
        "CONTENT_LENGTH counted letters, and wsgi.input held bytes in UTF-8.",
        "wrong/middleware-request-length/encoding_changed",
    ),
    Report(
        ("vtbassmatt/azf-wsgi#1",),
        "The JSON of a request was written anew, and its length stayed that of the old one.",
        "wrong/middleware-request-length/json_without_a_name",
    ),
    Report(
        ("elastic/apm-agent-python#816", "webrecorder/pywb#117", "Pylons/webob#412"),
        "Something read the body before the app, and left nothing of it.",
        "wrong/middleware-eats-input/before_a_framework",
    ),
    Report(
        ("jelmer/dulwich#146",),
        "wsgi.input was asked for a `seek()`, which it need not have.",
        "wrong/input-is-a-stream/seek_in_middleware",
    ),
    Report(
        ("stackoverflow.com/questions/530526",),
        "How to read a form: the answer is the module `cgi`, which Python 3.13 no longer has.",
        "wrong/import-cgi/top_of_file",
    ),
    Report(
        ("jonashaag/bjoern#118", "prometheus/client_python#252", "falconry/falcon#89"),
        "QUERY_STRING may be absent, and some servers leave it out.",
        "wrong/environ-key-optional/no_query",
    ),
    Report(
        ("unbit/uwsgi#291",),
        "An app took wsgi.file_wrapper for granted.",
        "wrong/environ-key-optional/file_wrapper",
    ),
    Report(
        ("twisted/twisted#10361", "jpvanhal/flask-basicauth#2"),
        "A password with a colon in it could not be unpacked.",
        "wrong/raised-before-start/password_with_a_colon",
    ),
    Report(
        ("hypothesis/h#6121", "simonw/datasette#1001"),
        "OPTIONS had no handler, and was answered 500.",
        "wrong/raised-before-start/method_not_in_the_table",
    ),
    Report(
        ("web2py/web2py#2410", "rmohr/static3#10"),
        "The empty block for HEAD was a str.",
        "wrong/body-item-is-str/empty_for_head",
    ),
    Report(
        ("adafruit/Adafruit_CircuitPython_WSGI#11",),
        "A view forgot its `return`.",
        "wrong/body-is-none/forgotten",
    ),
    Report(
        ("web2py/web2py#2658",),
        "A part of a file was wanted, and everything up to its end was sent.",
        "wrong/content-length-too-short/rest_of_the_file",
    ),
    Report(
        ("bottlepy/bottle#311",),
        "HEAD said that the page has no bytes.",
        "checked/head-content-length/what_is_sent_is_counted",
    ),
    Report(
        ("holoviz/panel#1241",),
        "A table written to a BytesIO was offered from where the writing ended: an empty file.",
        "wrong/bytesio-not-rewound/csv_download",
    ),
    Report(
        ("ymyzk/wsgi_lineprof#36", "pallets/werkzeug#1266"),
        "The name of the app was given to the middleware, which has no `route()`.",
        "wrong/app-wrapped-too-early/route_decorator",
    ),
    Report(
        ("AikidoSec/firewall-python#89",),
        "The class of a middleware stood where an instance belongs.",
        "wrong/middleware-class-not-instance/attribute_of_a_framework",
    ),
    Report(
        ("GrahamDumpleton/mod_wsgi#381", "GrahamDumpleton/mod_wsgi#746", "pallets/flask#1469"),
        "A relative path was looked for in the working directory, which is another one under Apache.",
        "wrong/relative-path/opened_in_the_view",
    ),
    Report(
        ("webpy/webpy#651",),
        "A global held the request, and another call wrote over it.",
        "wrong/request-state-global/read_while_the_body_is_made",
    ),
    Report(
        ("sciety/sciety#520",),
        "A Location came with status 200, and the browser stayed where it was.",
        "wrong/location-without-redirect/moved_page",
    ),
    Report(
        ("pallets/werkzeug#874",),
        "`iter()` waited for a str at the end of a binary file: an endless loop.",
        "wrong/iter-sentinel-str/loop_in_a_generator",
    ),
    Report(
        ("rantav/flask-restful-swagger#40", "maxpumperla/betago#52"),
        "A picture was opened as text.",
        "wrong/file-text-mode/picture",
    ),
    Report(
        ("unbit/uwsgi#1549", "Pylons/webob#61"),
        "SCRIPT_NAME ended in a slash, and links got two.",
        "wrong/script-name-slash/prefix_with_a_slash",
    ),
    Report(
        ("thread/routemaster#112",),
        "A middleware took the headers of start_response for a dict.",
        "wrong/headers-as-dict/assigned",
    ),
    Report(
        ("ASKBOT/askbot-devel#579", "translate/pootle#889"),
        "An app wrote to sys.stdout, which mod_wsgi forbids.",
        "wrong/print-in-app/instead_of_a_body",
    ),
    Report(
        ("jam-py/jam-py#337", "pallets/werkzeug#1291"),
        "What should have been an application was None, and was called.",
        "wrong/none-called/routes_get",
    ),
    Report(
        ("bboe/extended_http_server#3",),
        "base64 was given a str.",
        "wrong/str-where-bytes/base64",
    ),
    Report(
        ("Danangjoyoo/flask-http-middleware#9",),
        "A middleware called the app twice for each request.",
        "wrong/app-called-twice/status_first",
    ),
    Report(
        ("bepasty/bepasty-server#217",),
        "Right: the headers of a known number of proxies are believed.",
        "right/proxies_counted",
    ),
    Report(
        ("web2py/web2py#2658",),
        "Right: the part of a file that was wanted, and no more.",
        "right/range_of_a_file",
    ),
)
