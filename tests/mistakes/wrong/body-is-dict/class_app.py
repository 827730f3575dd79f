from collections import OrderedDict


class Stock:
    def __init__(self):
        self.items = OrderedDict(apples=3, pears=7)

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return self.items  # <- body-is-dict


application = Stock()
