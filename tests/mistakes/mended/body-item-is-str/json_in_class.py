import json


class Api:
    def __init__(self, data):
        self.data = data

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(self.data).encode("utf-8")]


app = Api({"colours": ["red", "green"]})
