import json


def settings(path):
    with open(path, encoding='utf-8') as file:  # <- import-error
        return json.load(file)


SETTINGS = settings('settings-that-nobody-wrote.json')


class Site:
    def __call__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [SETTINGS['greeting'].encode('ascii')]


application = Site()
