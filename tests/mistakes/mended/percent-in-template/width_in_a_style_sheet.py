# send: GET /?city=Oslo

import html
from urllib.parse import parse_qs

PAGE = '''<!DOCTYPE html>
<title>Weather</title>
<style>
  table { width: 100%%; }  # as wide as the page
  td { width: 50%%; padding: 0 5%% }
</style>
<table><tr><td>%s<td>%d degrees</table>
'''


def application(environ, start_response):
    city = parse_qs(environ.get('QUERY_STRING', '')).get('city', ['Rome'])[0]
    page = PAGE % (html.escape(city), 21)
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]
