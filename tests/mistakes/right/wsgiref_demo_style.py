# send: GET /?x=1
# send: GET /unknown

from wsgiref.simple_server import demo_app

application = demo_app
