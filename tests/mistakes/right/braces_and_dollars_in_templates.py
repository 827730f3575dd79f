# send: GET /
# send: GET /?of=towns
import json
from string import Template
from urllib.parse import parse_qs

STYLE = 'p { color: #063 } @media print{p{margin:0}}'
PAGE = '<style>p {{ margin: 1em; }} {style}</style><p>{name:>{width}}</p><pre>{data}</pre>'
FOOT = Template('<p>$name pays $$5, or ${price} in another country, or $$(7)</p>')
TABLES = {'names': ['Ada', 'Grace']}


def application(environ, start_response):
    of = parse_qs(environ.get('QUERY_STRING', '')).get('of', ['names'])[0]
    try:
        row = 'The {of}: {rows}'.format(of='names', rows=TABLES[of])
    except KeyError:
        row = 'There is nothing of that.'
    try:
        unit = '{price} {currency}'.format(price=5)
    except KeyError as missing:
        unit = f'5, and no {missing}'
    data = json.dumps({'a': {'b': [1, 2]}})
    page = PAGE.format(style=STYLE, name='Ada', width=9, data=data)
    page += FOOT.substitute(name=row, price=unit)
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode('utf-8')]
