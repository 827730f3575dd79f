def application(environ, start_response):
    headers = [("Content-Type", "text/plain; charset=utf-8")]
    try:
        start_response("200 OK", headers)
        return [b"%d" % (1 / len(environ["QUERY_STRING"]))]
    except ZeroDivisionError:
        start_response("500 Internal Server Error", headers)  # <- start-response-no-exc-info
        return [b"something went wrong"]
