import json


def reply(start_response, data, status="200 OK"):
    start_response(status, [("Content-Type", "application/json")])
    return [json.dumps(data).encode("utf-8")]  # <- body-on-no-body-status


def app(environ, start_response):
    return reply(start_response, {"deleted": 3}, "204 No Content")
