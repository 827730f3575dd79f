import json

CITIES = {"Bern": 134000, "Genf": 203000}


def app(environ, start_response):
    body = json.dumps(CITIES).encode("utf-8")
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]
