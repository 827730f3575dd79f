# send: POST /
# header: Content-Type: application/octet-stream
# body: \xff\xd8\xff\xe0 a photo

import os
import tempfile


class Uploads:
    folder = tempfile.mkdtemp(prefix='uploads-')

    def __call__(self, environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        data = environ['wsgi.input'].read(size)
        self.store('latest.jpg', data)
        start_response('201 Created', [('Content-Type', 'text/plain; charset=utf-8')])
        return [b'%d bytes are stored\n' % size]

    def store(self, name, data):
        with open(os.path.join(self.folder, name), 'wb') as target:
            target.write(data)


application = Uploads()
