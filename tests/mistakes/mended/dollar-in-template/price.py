from string import Template

PRICES = Template("""<ul>
<li>$first: $$3
<li>$second: US$$ 4.50
</ul>
""")


def application(environ, start_response):
    page = PRICES.substitute(first='tea', second='coffee')
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]
