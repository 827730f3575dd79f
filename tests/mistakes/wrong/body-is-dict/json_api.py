def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return {"name": "Ada", "born": 1815}  # <- body-is-dict
