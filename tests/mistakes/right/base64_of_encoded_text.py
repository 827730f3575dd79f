import base64
import hashlib
import hmac


def application(environ, start_response):
    token = base64.b64encode('Zoë:geheim'.encode('utf-8')).decode('ascii')
    back = base64.b64decode(token).decode('utf-8')
    code = hmac.new(b'key', back.encode('utf-8'), 'sha256').hexdigest()
    same = hmac.compare_digest(code, hmac.new(b'key', back.encode('utf-8'), hashlib.sha256).hexdigest())
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [f'{back} {same}\n'.encode('utf-8')]
