"""hello.py and form.py, for Flask."""

from flask import Flask, request
from markupsafe import escape

app = Flask(__name__)


@app.get("/<name>")
def hello(name):
    return f"Hello, {name}!\n", {"Content-Type": "text/plain"}


@app.post("/")
def form():
    return f"<p>Hello, {escape(request.form.get('name', 'nobody'))}!</p>\n"
