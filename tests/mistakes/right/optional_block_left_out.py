# What cannot be read is left out of the list, and the others are shown.
TEXTS = [b'Z\xfcrich', b'Bern', b'Chur']


def known():
    for text in TEXTS:
        try:
            yield text.decode('utf-8')
        except UnicodeDecodeError:
            continue


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [town.encode('utf-8') + b'\n' for town in known()]
