"""Modules for the network, and for what is sent over it."""

from trial import tries


@tries("socket", (b"hi", "127.0.0.1"))
def _():
    import socket
    with socket.create_server(("127.0.0.1", 0)) as listener:
        with socket.create_connection(listener.getsockname(), 5) as client:
            server, address = listener.accept()
            with server:
                server.sendall(b"hi")
            return client.recv(10), address[0]


@tries("ssl", True)
def _():
    import ssl
    return ssl.create_default_context().check_hostname


@tries("socketserver", b"HI")
def _():
    import socket
    import socketserver
    import threading

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            self.wfile.write(self.rfile.readline().strip().upper())

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with socket.create_connection(server.server_address, 5) as client:
            client.sendall(b"hi\n")
            read = client.recv(10)
        thread.join()
    return read


@tries("asyncio", ([1, 2], "late", "done"))
def _():
    import asyncio

    async def number(value):
        await asyncio.sleep(0)
        return value

    async def work():
        numbers = await asyncio.gather(number(1), number(2))
        try:
            await asyncio.wait_for(asyncio.sleep(5), 0.01)
        except asyncio.TimeoutError:
            late = "late"
        queue = asyncio.Queue()
        await queue.put("done")
        return numbers, late, await queue.get()

    return asyncio.run(work())


def served(ask):
    """What this gives for the port of an HTTP server that answers once."""
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"hi")

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        answer = ask(server.server_port)
        thread.join()
    return answer


@tries("http", ("Not Found", "GET"))
def _():
    from http import HTTPMethod, HTTPStatus
    return HTTPStatus(404).phrase, HTTPMethod.GET.value


@tries("http.client", (200, b"hi"))
def _():
    from http.client import HTTPConnection

    def ask(port):
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/")
        response = connection.getresponse()
        read = response.status, response.read()
        connection.close()
        return read

    return served(ask)


@tries("http.server", b"hi")
def _():
    import socket

    def ask(port):
        with socket.create_connection(("127.0.0.1", port), 5) as client:
            client.sendall(b"GET / HTTP/1.0\r\n\r\n")
            return client.makefile("rb").read()[-2:]

    return served(ask)


@tries("http.cookies", ("Set-Cookie: id=1; HttpOnly; Path=/", "2"))
def _():
    from http.cookies import SimpleCookie
    cookie = SimpleCookie()
    cookie["id"] = "1"
    cookie["id"]["path"] = "/"
    cookie["id"]["httponly"] = True
    return cookie.output(), SimpleCookie("name=2; other=3")["name"].value


@tries("http.cookiejar", 0)
def _():
    from http.cookiejar import CookieJar
    return len(CookieJar())


@tries("urllib", "a%20b")
def _():
    import urllib.parse
    return urllib.parse.quote("a b")


@tries("urllib.parse", ({"a": ["1", "2"]}, "a=1&b=%C3%A9", "/x", "http://h/a/c", "caf\u00e9"))
def _():
    from urllib import parse
    return (
        parse.parse_qs("a=1&a=2"), parse.urlencode({"a": 1, "b": "\u00e9"}),
        parse.urlsplit("http://h:1/x?y#z").path, parse.urljoin("http://h/a/b", "c"),
        parse.unquote("caf%C3%A9"),
    )


@tries("urllib.request", b"hi")
def _():
    from urllib import request

    def ask(port):
        opener = request.build_opener(request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{port}/", timeout=5) as response:
            return response.read()

    return served(ask)


@tries("urllib.error", "HTTP Error 404: gone")
def _():
    import io
    from urllib.error import HTTPError
    error = HTTPError("http://h/", 404, "gone", {}, io.BytesIO())
    text = str(error)
    error.close()
    return text


@tries("urllib.robotparser", (True, False))
def _():
    from urllib.robotparser import RobotFileParser
    robots = RobotFileParser()
    robots.parse(["User-agent: *", "Disallow: /private"])
    return robots.can_fetch("x", "/"), robots.can_fetch("x", "/private")


@tries("wsgiref", ("http", True))
def _():
    import wsgiref.util
    environ = {}
    wsgiref.util.setup_testing_defaults(environ)
    return environ["wsgi.url_scheme"], "wsgi.input" in environ


@tries("wsgiref.handlers", "hi")
def _():
    import io
    from wsgiref.handlers import SimpleHandler

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"hi"]

    out = io.BytesIO()
    out.close = out.flush
    environ = {"REQUEST_METHOD": "GET", "SERVER_PROTOCOL": "HTTP/1.0"}
    SimpleHandler(io.BytesIO(), out, io.StringIO(), environ).run(application)
    return out.getvalue().decode()[-2:]


@tries("wsgiref.headers", "Content-Type: text/plain; charset=\"utf-8\"\r\n\r\n")
def _():
    from wsgiref.headers import Headers
    headers = Headers()
    headers.add_header("Content-Type", "text/plain", charset="utf-8")
    return str(headers)


@tries("wsgiref.util", ("a", "/b"))
def _():
    from wsgiref.util import shift_path_info
    environ = {"PATH_INFO": "/a/b", "SCRIPT_NAME": ""}
    return shift_path_info(environ), environ["PATH_INFO"]


@tries("wsgiref.validate", "AssertionError")
def _():
    from wsgiref.validate import validator
    try:
        validator(lambda environ, start_response: [])({}, None)
    except AssertionError as error:
        return type(error).__name__


@tries("wsgiref.simple_server", b"hi")
def _():
    import socket
    import threading
    from wsgiref.simple_server import WSGIRequestHandler, make_server

    class Handler(WSGIRequestHandler):
        def log_message(self, *_):
            pass

    def application(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"hi"]

    with make_server("127.0.0.1", 0, application, handler_class=Handler) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with socket.create_connection(server.server_address, 5) as client:
            client.sendall(b"GET / HTTP/1.0\r\n\r\n")
            read = client.makefile("rb").read()[-2:]
        thread.join()
    return read


@tries("email", ("hello", "Ada <ada@example.org>"))
def _():
    import email
    message = email.message_from_string("From: Ada <ada@example.org>\nSubject: hello\n\nbody\n")
    return message["subject"], message["from"]


@tries("email.message", ("text/plain", "caf\u00e9\n", "Ada"))
def _():
    from email.message import EmailMessage
    message = EmailMessage()
    message["To"] = "Ada <ada@example.org>"
    message.set_content("caf\u00e9")
    return message.get_content_type(), message.get_content(), message["to"].addresses[0].display_name


@tries("email.parser", ["a", "b"])
def _():
    from email.parser import BytesParser
    from email.policy import HTTP
    form = (
        b'Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n'
        b'Content-Disposition: form-data; name="one"\r\n\r\na\r\n--x\r\n'
        b'Content-Disposition: form-data; name="two"\r\n\r\nb\r\n--x--\r\n'
    )
    parts = BytesParser(policy=HTTP).parsebytes(form).iter_parts()
    return [part.get_payload() for part in parts]


@tries("email.utils", ("Thu, 01 Jan 1970 00:00:00 GMT", 2024))
def _():
    from email.utils import formatdate, parsedate_to_datetime
    return formatdate(0, usegmt=True), parsedate_to_datetime("Thu, 29 Feb 2024 12:00:00 GMT").year


@tries("mimetypes", ("text/css", "image/png"))
def _():
    import mimetypes
    return mimetypes.guess_type("a.css")[0], mimetypes.guess_type("a.png")[0]


@tries("mailbox", "hello")
def _():
    import mailbox
    import os
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        box = mailbox.mbox(os.path.join(folder, "box"))
        box.add("Subject: hello\n\nbody\n")
        subject = box[0]["subject"]
        box.close()
    return subject


@tries("ftplib", "250")
def _():
    import ftplib
    return ftplib.error_perm("250").args[0]


@tries("imaplib", "IMAP4.error")
def _():
    import imaplib
    return imaplib.IMAP4.error.__qualname__


@tries("poplib", 110)
def _():
    import poplib
    return poplib.POP3_PORT


@tries("smtplib", (250, b"ok"))
def _():
    import smtplib
    import socket
    import threading

    def answer():
        connection, _ = listener.accept()
        with connection, connection.makefile("rwb", 0) as lines:
            lines.write(b"220 ready\r\n")
            lines.readline()
            lines.write(b"250 ok\r\n")
            lines.readline()
            lines.write(b"221 bye\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer)
        thread.start()
        with smtplib.SMTP("127.0.0.1", listener.getsockname()[1], timeout=5) as client:
            said = client.ehlo("here")
        thread.join()
    return said


@tries("ipaddress", (True, 256))
def _():
    import ipaddress
    return ipaddress.ip_address("192.168.0.1").is_private, ipaddress.ip_network("10.0.0.0/24").num_addresses


@tries("xmlrpc", ((1, "a"), "add"))
def _():
    import xmlrpc.client
    return xmlrpc.client.loads(xmlrpc.client.dumps((1, "a"), "add"))


@tries("xmlrpc.client", ((({"a": [1, True]},), None)))
def _():
    from xmlrpc import client
    return client.loads(client.dumps(({"a": [1, True]},), methodresponse=True))


@tries("xmlrpc.server", (3,))
def _():
    import xmlrpc.client
    from xmlrpc.server import SimpleXMLRPCDispatcher
    dispatcher = SimpleXMLRPCDispatcher(False, None, True)
    dispatcher.register_function(lambda a, b: a + b, "add")
    request = xmlrpc.client.dumps((1, 2), "add")
    return xmlrpc.client.loads(dispatcher._marshaled_dispatch(request))[0]


@tries("nturl2path", "C:\\a")
def _():
    import nturl2path
    return nturl2path.url2pathname("///C:/a")
