# Whoever is not logged in gets HTML, whatever was asked for.
# send: GET /private/plan.pdf
# send: GET /private/data.json

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [b'\n<form method="post"><input name="user"><input name="password" type="password"></form>']
