import os
import tempfile

LOGO = os.path.join(tempfile.mkdtemp(), 'logo.gif')
with open(LOGO, 'wb') as made:
    made.write(b'GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00;')


def application(environ, start_response):
    with open(LOGO) as picture:  # <- file-text-mode
        data = picture.read()
    start_response('200 OK', [('Content-Type', 'image/gif')])
    return [data]
