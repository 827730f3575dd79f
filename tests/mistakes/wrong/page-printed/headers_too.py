# A CGI script in a function: it prints its headers and its page.
def page():
    print('Content-Type: text/html\n\n<p>Open from 9 to 5</p>')  # <- page-printed


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    page()
    return []
