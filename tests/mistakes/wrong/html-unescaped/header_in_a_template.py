# send: GET /
# header: User-Agent: <b>Browser</b>

from string import Template

PAGE = Template('<!DOCTYPE html><title>You</title><p>You use $browser.')


def show(browser):
    return PAGE.substitute(browser=browser)  # <- html-unescaped


def application(environ, start_response):
    page = show(environ.get('HTTP_USER_AGENT', 'nothing'))
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]
