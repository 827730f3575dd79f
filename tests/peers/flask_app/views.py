"""The pages: each shows one thing that frameworks ask of a gateway."""

import datetime
import hashlib
import io

from flask import (
    Blueprint, Response, jsonify, make_response, redirect, render_template, request, send_file,
    session, url_for,
)

import gate

pages = Blueprint("pages", __name__)
GREETING = "Hello"
LONG_AGO = datetime.datetime(2001, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)
SHOWN = (
    "CONTENT_LENGTH", "CONTENT_TYPE", "PATH_INFO", "QUERY_STRING", "REMOTE_ADDR", "REQUEST_METHOD",
    "SCRIPT_NAME", "SERVER_NAME", "SERVER_PROTOCOL", "wsgi.url_scheme", "wsgi.version",
)


@pages.get("/")
def hello():
    return render_template("hello.html", greeting=GREETING, name=request.args.get("name", "world"))


@pages.route("/form", methods=["GET", "POST"])
def form():
    if request.method == "GET":
        return render_template("form.html")
    name = request.form.get("name", "")
    if not name:
        return redirect(url_for("pages.form"), 303)
    words = " + ".join(request.form.getlist("word"))
    return render_template("hello.html", greeting=words, name=name)


@pages.get("/cookies")
def cookies():
    response = jsonify(request.cookies)
    response.set_cookie("plain", "1")
    response.set_cookie("locked", "a b;c", path="/cookies", httponly=True, samesite="Strict")
    response.set_cookie("dated", "é", expires=LONG_AGO, secure=True)
    response.delete_cookie("old")
    return response


@pages.get("/visits")
def visits():
    session["visits"] = session.get("visits", 0) + 1
    return jsonify(visits=session["visits"])


@pages.get("/redirect/relative")
def redirect_relative():
    return redirect(url_for("pages.hello", name="you"))


@pages.get("/redirect/absolute")
def redirect_absolute():
    return redirect(url_for("pages.hello", _external=True), 307)


@pages.get("/redirect/non-ascii")
def redirect_non_ascii():
    return redirect(url_for("pages.town", name="Köln am Rhein"), 301)


@pages.get("/slash/")
def slash():
    return "a slash at the end"


@pages.post("/upload")
def upload():
    file = request.files["file"]
    content = file.read()
    return jsonify(
        name=file.filename,
        type=file.content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        note=request.form.get("note"),
    )


@pages.route("/echo", methods=["GET", "POST", "PUT"])
def echo():
    return Response(request.get_data(), content_type=request.content_type or "text/plain")


@pages.get("/stream")
def stream():
    return Response(gate.blocks(request.args.get("gate")), content_type="text/plain")


@pages.get("/stream/endless")
def stream_endless():
    return Response(gate.endless(request.args.get("gate")), content_type="text/plain")


@pages.get("/stream/broken")
def stream_broken():
    return Response(gate.broken(), content_type="text/plain")


@pages.get("/path/<path:rest>")
def path(rest):
    return jsonify(rest=rest)


@pages.get("/städte/<name>")
def town(name):
    return jsonify(town=name)


@pages.get("/query")
def query():
    return jsonify([[key, request.args.getlist(key)] for key in request.args])


@pages.get("/environ")
def environ():
    return jsonify({
        key: repr(value) for key, value in sorted(request.environ.items())
        if key in SHOWN or key.startswith("HTTP_") and key != "HTTP_CONNECTION"
    })


@pages.get("/error")
def error():
    return str(1 / 0)


@pages.get("/file")
def file():
    return send_file("files/squares.csv", mimetype="text/csv")


@pages.get("/file/attached")
def file_attached():
    return send_file("files/squares.csv", as_attachment=True, download_name="Quadrate für Zoë.csv")


@pages.get("/file/memory")
def file_memory():
    return send_file(io.BytesIO(bytes(range(256)) * 1000), mimetype="application/octet-stream")


@pages.get("/etag")
def etag():
    response = make_response("the same every time\n")
    response.last_modified = LONG_AGO
    response.add_etag()
    return response.make_conditional(request)


@pages.get("/headers")
def headers():
    response = jsonify({name: len(value) for name, value in request.headers if "Big" in name})
    for number in range(8):
        response.headers.add("X-Big", f"{number}" * 4000)
    response.headers["X-Latin"] = "café"
    response.headers["X-Seen"] = request.headers.get("X-Latin", "")
    return response


@pages.route("/api/items", methods=["GET", "POST"])
def items():
    if request.method == "GET":
        return jsonify(["ä", None, 1.5, {"b": []}])
    item = request.get_json()
    return jsonify(made=item), 201, {"Location": url_for("pages.item", number=7)}


@pages.route("/api/items/<int:number>", methods=["PUT", "PATCH", "DELETE"])
def item(number):
    if request.method == "DELETE":
        return "", 204
    return jsonify(number=number, method=request.method, item=request.get_json())
