def render(title, items):
    rows = "".join(f"<li>{item}</li>" for item in items)
    return f"<h1>{title}</h1><ul>{rows}</ul>"


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [render("Fruit", ["apple", "pear"]).encode("utf-8")]
