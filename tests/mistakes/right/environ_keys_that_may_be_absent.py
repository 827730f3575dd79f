# send: GET /
# header: X-Custom: yes
# send: POST /
# header: Content-Type: application/json
# body: {}

def application(environ, start_response):
    kind = environ.get('CONTENT_TYPE') or 'nothing'
    custom = environ['HTTP_X_CUSTOM'] if 'HTTP_X_CUSTOM' in environ else 'no'
    try:
        browser = environ['HTTP_USER_AGENT']
    except KeyError:
        browser = 'none'
    text = ascii((kind, custom, browser))
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [text.encode('ascii')]
