# A name has no colon, and a password may have some: RFC 7617, section 2.
# send: GET /
# header: Authorization: Basic dXJzOnNub3c=
# send: GET /
# header: Authorization: Basic dXJzOnNub3c6bWFu

import base64

MEMBERS = {'urs': 'snow:man', 'eva': 'rain'}


def member(credentials):
    pair = base64.b64decode(credentials).decode('utf-8')
    name, password = pair.split(':')  # <- raised-before-start
    return name if MEMBERS.get(name) == password else None


def application(environ, start_response):
    _, _, credentials = environ.get('HTTP_AUTHORIZATION', 'Basic Og==').partition(' ')
    name = member(credentials)
    kind = ('Content-Type', 'text/plain; charset=utf-8')
    if name is None:
        start_response('401 Unauthorized', [kind, ('WWW-Authenticate', 'Basic realm="club"')])
        return [b'members only\n']
    start_response('200 OK', [kind])
    return [b'welcome, ', name.encode('utf-8'), b'\n']
