from string import Template

PAGE = Template("<!doctype html><title>$title</title><h1>$title</h1>")


def render(title):
    return PAGE.substitute(title=title)


def app(environ, start_response):
    page = render("Guest book")
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [page.encode("utf-8")]
