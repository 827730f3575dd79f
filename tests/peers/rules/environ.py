"""What environ holds: PEP 3333, "environ Variables", and RFC 3875, section 4.1."""

import socket

from client import Connection, ask, request
from rules import Subject, expect, gate, same, told, value

subject = Subject(__name__, "environ", "environ")
rule = subject.rule
decision = subject.decision


def environ(server, line="GET /", *headers):
    return told(server, "show", *headers, line=line)


def path(server, target):
    return environ(server, f"GET {target}").get("PATH_INFO", "")


@rule("environ is a built-in dict, no subclass of it.", "PEP 3333, Specification Details")
def is_a_dict(server):
    same(told(server, "kind"), "builtins.dict", "its type")


@rule(
    "Each request gets a new environ: what an app did to the last one is not in it.",
    "PEP 3333, Specification Details",
)
def is_new_for_each_request(server):
    told(server, "change")
    same(
        told(server, "change"),
        (False, (1, 0), True),
        "a key of the app's, wsgi.version, a new dict",
    )


@rule("Every key is a str.", "PEP 3333, environ Variables")
def keys_are_str(server):
    same(told(server, "odd_keys"), [], "the list of other keys")


@rule(
    "Every CGI variable is a str whose characters stand for bytes (latin-1).",
    "PEP 3333, Unicode Issues",
)
def values_are_str_of_latin_1(server):
    odd = told(server, "odd_values", "X-A: \xe9\xff", line="GET /caf%C3%A9?a=%C3%A9")
    same(odd, [], "the list of other values")


@rule("REQUEST_METHOD is the method of the request line.", "RFC 3875, 4.1.12")
def request_method(server):
    for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        got = environ(server, f"{method} /", "Content-Length: 0")["REQUEST_METHOD"]
        same(got, method, "REQUEST_METHOD")


@rule("A method nobody has defined reaches the app as well.", "RFC 3875, 4.1.12 (extension-method)")
def request_method_of_any_name(server):
    same(environ(server, "BREW /")["REQUEST_METHOD"], "BREW", "REQUEST_METHOD")


@rule("A method in small letters is not taken for the one in capitals.", "RFC 9110, 9.1")
def request_method_keeps_its_case(server):
    answer = ask(server, request("get /"))
    if answer.code == 200:
        same(value(answer)["REQUEST_METHOD"], "get", "REQUEST_METHOD")
    else:
        expect(400 <= answer.code < 600, answer)


@rule("SCRIPT_NAME is empty or absent for an app at the root.", "PEP 3333, environ Variables")
def script_name(server):
    same(environ(server, "GET /a/b").get("SCRIPT_NAME", ""), "", "SCRIPT_NAME")


@rule(
    "PATH_INFO is the decoded path, a character a byte.",
    "RFC 3875, 4.1.5; PEP 3333, Unicode Issues",
)
def path_info_is_decoded(server):
    same(path(server, "/caf%C3%A9"), "/caf\xc3\xa9", "PATH_INFO")


@rule("Bytes of the path that are no UTF-8 reach the app unchanged.", "PEP 3333, Unicode Issues")
def path_info_is_never_encoded_anew(server):
    same(path(server, "/%ff%fe%80"), "/\xff\xfe\x80", "PATH_INFO")


@rule("An escaped slash is decoded like any other escape.", "RFC 3875, 4.1.5")
def path_info_has_no_escapes(server):
    same(path(server, "/a%2Fb%25c"), "/a/b%c", "PATH_INFO")


@rule("Empty segments of the path are kept, at its start too.", "RFC 3875, 4.1.5; RFC 3986, 3.3")
def path_info_keeps_double_slashes(server):
    same(path(server, "//a//b/"), "//a//b/", "PATH_INFO")


@rule("A plus in the path is a plus.", "RFC 3986, 2.2")
def path_info_keeps_a_plus(server):
    same(path(server, "/a+b"), "/a+b", "PATH_INFO")


@rule("The query begins at the first question mark that is not escaped.", "RFC 3986, 3.4")
def path_info_ends_at_the_question_mark(server):
    seen = environ(server, "GET /a%3Fb?c?d")
    same((seen["PATH_INFO"], seen["QUERY_STRING"]), ("/a?b", "c?d"), "PATH_INFO and QUERY_STRING")


@rule("A request for `*` has no path.", "RFC 3875, 4.1.5; RFC 9112, 3.2.4")
def path_info_of_a_star(server):
    got = environ(server, "OPTIONS *").get("PATH_INFO", "")
    # The grammar of RFC 3875 knows a path that is empty and one that begins with a slash.
    expect(got in ("", "/"), f"PATH_INFO was {got!r}")


@decision("Dots in the path are left to the app.")
def path_info_keeps_dots(server):
    same(path(server, "/a/../b/./c"), "/a/../b/./c", "PATH_INFO")


@decision("A percent sign that begins no escape stays.")
def path_info_keeps_a_lone_percent(server):
    same(path(server, "/100%/%4"), "/100%/%4", "PATH_INFO")


@decision("Bytes above 127 in the target, though no URL has them, are taken as they are.")
def path_info_takes_raw_bytes(server):
    seen = environ(server, "GET /caf\xc3\xa9?\xc3\xa9")
    same((seen["PATH_INFO"], seen["QUERY_STRING"]), ("/caf\xc3\xa9", "\xc3\xa9"), "path and query")


@decision("For `*` PATH_INFO is empty.")
def path_info_of_a_star_is_empty(server):
    same(environ(server, "OPTIONS *")["PATH_INFO"], "", "PATH_INFO")


@rule("QUERY_STRING is the query with its escapes.", "RFC 3875, 4.1.7")
def query_string_is_raw(server):
    got = environ(server, "GET /?q=%41%20+&r=%C3%A9&&=")["QUERY_STRING"]
    same(got, "q=%41%20+&r=%C3%A9&&=", "QUERY_STRING")


@rule("QUERY_STRING is empty or absent without a query.", "RFC 3875, 4.1.7")
def query_string_is_empty_without_a_query(server):
    same(environ(server).get("QUERY_STRING", ""), "", "QUERY_STRING")


@rule("SERVER_NAME and SERVER_PORT lead to the server.", "PEP 3333, URL Reconstruction")
def server_name_and_port_lead_to_it(server):
    seen = environ(server)
    name, port = seen["SERVER_NAME"], seen["SERVER_PORT"]
    same(port, str(server.port), "SERVER_PORT")
    try:
        socket.create_connection((name, int(port)), 2).close()
    except OSError as error:
        expect(False, f"SERVER_NAME was {name!r}: {error}")


@rule("SERVER_PORT is the port the request came in on, whatever Host says.", "RFC 3875, 4.1.15")
def server_port_is_the_real_one(server):
    seen = value(ask(server, b"GET / HTTP/1.1\r\nHost: example.org:1\r\nConnection: close\r\n\r\n"))
    same(seen["SERVER_PORT"], str(server.port), "SERVER_PORT")


@rule("SERVER_PROTOCOL is HTTP/1.1 for a request in HTTP/1.1.", "PEP 3333, environ Variables")
def server_protocol(server):
    same(environ(server)["SERVER_PROTOCOL"], "HTTP/1.1", "SERVER_PROTOCOL")


@rule("SERVER_PROTOCOL is HTTP/1.0 for a request in HTTP/1.0.", "PEP 3333, environ Variables")
def server_protocol_is_what_the_client_said(server):
    seen = value(ask(server, b"GET / HTTP/1.0\r\n\r\n"))
    same(seen["SERVER_PROTOCOL"], "HTTP/1.0", "SERVER_PROTOCOL")


@rule("REMOTE_ADDR is the client's address.", "RFC 3875, 4.1.8")
def remote_addr(server):
    same(environ(server).get("REMOTE_ADDR"), "127.0.0.1", "REMOTE_ADDR")


@rule("SERVER_SOFTWARE names the server.", "RFC 3875, 4.1.17; PEP 3333, environ Variables")
def server_software(server):
    got = environ(server).get("SERVER_SOFTWARE")
    expect(isinstance(got, str) and got, f"SERVER_SOFTWARE was {got!r}")


@decision("REMOTE_PORT is the client's port, as a str.")
def remote_port(server):
    with Connection(server) as connection:
        connection.send(request("GET /"))
        seen = value(connection.answer())
        same(seen.get("REMOTE_PORT"), str(connection.port()), "REMOTE_PORT")


@rule("wsgi.version is the tuple (1, 0).", "PEP 3333, environ Variables")
def wsgi_version(server):
    same(environ(server).get("wsgi.version"), (1, 0), "wsgi.version")


@rule("wsgi.url_scheme is http on a connection without TLS.", "PEP 3333, environ Variables")
def wsgi_url_scheme(server):
    same(environ(server).get("wsgi.url_scheme"), "http", "wsgi.url_scheme")


@rule("wsgi.input and wsgi.errors have all their methods.", "PEP 3333, Input and Error Streams")
def streams_have_their_methods(server):
    same(told(server, "methods"), [], "the list of missing methods")


def overlap(server):
    """Whether a second request is answered while the app still has the first one: by another
    thread, by another process."""
    with gate() as door, Connection(server) as first, Connection(server) as second:
        first.send(request("GET /", "X-Ask: wait", door.header))
        door.reached()
        second.send(request("GET /", "X-Ask: process"))
        overlapping = second.receive(1)
        door.open()
        same_process = value(first.answer()) == value(second.answer())
    return overlapping and same_process, overlapping and not same_process


@rule(
    "wsgi.multithread is true exactly when another thread may call the app meanwhile.",
    "PEP 3333, environ Variables",
)
def wsgi_multithread_is_true_to_the_facts(server):
    threads, _ = overlap(server)
    same(bool(environ(server)["wsgi.multithread"]), threads, "wsgi.multithread")


@rule(
    "wsgi.multiprocess is true exactly when another process may call the app meanwhile.",
    "PEP 3333, environ Variables",
)
def wsgi_multiprocess_is_true_to_the_facts(server):
    _, processes = overlap(server)
    same(bool(environ(server)["wsgi.multiprocess"]), processes, "wsgi.multiprocess")


@rule(
    "wsgi.run_once is false when a process answers more than one request.",
    "PEP 3333, environ Variables",
)
def wsgi_run_once_is_true_to_the_facts(server):
    once = told(server, "process") != told(server, "process")
    same(bool(environ(server)["wsgi.run_once"]), once, "wsgi.run_once")


@decision("wsgi.input_terminated is True: reading ends where the body ends.")
def wsgi_input_terminated(server):
    same(environ(server).get("wsgi.input_terminated"), True, "wsgi.input_terminated")


@decision("Nothing of the server's own environment variables is in it.")
def holds_no_variables_of_the_server(server):
    seen = environ(server)
    same(
        [key for key in ("WSGI_PEERS_MARK", "PATH", "HOME") if key in seen], [], "the list of them"
    )
