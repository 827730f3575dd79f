import json


def respond(start_response, data, status="200 OK"):
    text = json.dumps(data)
    start_response(status, [("Content-Type", "application/json")])
    return [text.encode("utf-8")]


def application(environ, start_response):
    if environ["REQUEST_METHOD"] != "GET":
        return respond(start_response, {"error": "GET only"}, "405 Method Not Allowed")
    return respond(start_response, {"path": environ["PATH_INFO"]})
