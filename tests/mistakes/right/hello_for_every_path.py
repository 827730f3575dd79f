# The same page for every address, whatever it ends in.
# send: GET /favicon.ico
# send: GET /app.js
# send: GET /data.json
# send: GET /style.css

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [b'Hello: this is <b>my</b> page (of all);\n']
