def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html')])
    yield b'<!DOCTYPE html><html lang="fr"><meta charset="utf-8">'
    yield '<title>Menu</title><p>Un café'.encode('utf-8')
