# send: POST /upload
# header: Content-Type: multipart/form-data; boundary=xyz
# body: --xyz\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nhello\r\n--xyz--\r\n

from email.parser import BytesParser


def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    body = environ['wsgi.input'].read(size)
    kind = environ.get('CONTENT_TYPE', '').encode('latin-1')
    message = BytesParser().parsebytes(b'Content-Type: ' + kind + b'\r\n\r\n' + body)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    for part in message.get_payload():
        content = part.get_payload(decode=True)
        yield ascii((part.get_filename(), len(content))).encode('ascii')
