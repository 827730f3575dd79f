import io


def blocks(file, size):
    while True:
        block = file.read(size)
        if not block:
            return
        yield block


def application(environ, start_response):
    sound = io.BytesIO()
    sound.write(b'RIFF' + bytes(40))
    sound.seek(0)
    start_response('200 OK', [('Content-Type', 'audio/wav')])
    return blocks(sound, 16)
