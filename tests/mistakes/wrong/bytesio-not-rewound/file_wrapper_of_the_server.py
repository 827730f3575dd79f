import io
import json


def application(environ, start_response):
    export = io.BytesIO()
    for number in range(3):
        export.write(json.dumps({'row': number}).encode('utf-8') + b'\n')
    start_response('200 OK', [
        ('Content-Type', 'application/x-ndjson'),
        ('Content-Disposition', 'attachment; filename=rows.ndjson'),
    ])
    if 'wsgi.file_wrapper' in environ:
        return environ['wsgi.file_wrapper'](export, 8192)  # <- bytesio-not-rewound
    return [export.getvalue()]
