from string import Template


def page(total):
    return Template('<p>$total in all, which is ${total/12} for each month</p>').substitute(total=total)  # <- dollar-in-template


def application(environ, start_response):
    body = page(144).encode('utf-8')
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [body]
