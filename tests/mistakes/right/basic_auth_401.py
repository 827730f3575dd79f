# send: GET /
# send: GET /
# header: Authorization: Basic YWRhOnNlY3JldA==
# send: GET /
# header: Authorization: Basic ???

import base64
import binascii
import hmac


def allowed(environ):
    scheme, _, coded = environ.get('HTTP_AUTHORIZATION', '').partition(' ')
    try:
        pair = base64.b64decode(coded, validate=True)
    except binascii.Error:
        return False
    return scheme.lower() == 'basic' and hmac.compare_digest(pair, b'ada:secret')


def app(environ, start_response):
    if not allowed(environ):
        start_response('401 Unauthorized', [
            ('Content-Type', 'text/plain'),
            ('WWW-Authenticate', 'Basic realm="secrets"'),
        ])
        return [b'who are you?\n']
    environ['REMOTE_USER'] = 'ada'
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello, ', environ['REMOTE_USER'].encode('ascii')]
