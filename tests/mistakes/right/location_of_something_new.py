# 201 and 202 say with Location where the new thing is.
# send: POST /notes
# body: text=one
# send: POST /slow
# body: text=two

def application(environ, start_response):
    slow = environ['PATH_INFO'] == '/slow'
    status = '202 Accepted' if slow else '201 Created'
    start_response(status, [('Location', '/notes/1'), ('Content-Length', '0')])
    return []
