FRUIT = ["apple", "pear", "plum"]


def app(environ, start_response):
    lines = []
    for number, name in enumerate(FRUIT, 1):
        lines.append(f"{number}. {name}\n")
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return lines  # <- body-item-is-str
