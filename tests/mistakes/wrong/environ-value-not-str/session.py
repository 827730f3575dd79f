SESSIONS = {}


def begin_session(environ):
    key = environ["REMOTE_ADDR"]
    environ.setdefault("SESSION", SESSIONS.setdefault(key, {}))  # <- environ-value-not-str


def application(environ, start_response):
    begin_session(environ)
    session = environ["SESSION"]
    session["visits"] = session.get("visits", 0) + 1
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"visit number %d" % session["visits"]]
