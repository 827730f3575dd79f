def application(environ, start_response):
    start_response("200 OK", [
        ("Content-Type", "text/csv; charset=utf-8"),
        ("Content-Disposition", 'attachment; filename="отчёт.csv"'),  # <- header-not-latin1
    ])
    return [b"1,2,3\n"]
