PEOPLE = [{'nick': 'Ada'}, {'name': 'Grace'}]


def line(person):
    return person['name'].encode('ascii') + b'\n'  # <- raised-lazily


def app(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return map(line, PEOPLE)
