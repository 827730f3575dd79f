def application(environ, start_response):
    start_response("204 No Content", [("Content-Type", "application/json")])
    yield b'{"result": null}'  # <- body-on-no-body-status
