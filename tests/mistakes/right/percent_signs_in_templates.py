# send: GET /?name=Ada

import html
from string import Template
from urllib.parse import parse_qs

OLD = '<style>p { width: 100%%; }</style><p>%(name)s has read %(part)d%%.</p>'
NEW = '<style>p {{ width: 100%; }}</style><p>{name} has read {part} % of it.</p>'
THIRD = Template('<style>p { width: 100%; }</style><p>$name is 100% sure.</p>')
BAR = b'<progress value=%d style="width: 50%%"></progress>'


def application(environ, start_response):
    name = html.escape(parse_qs(environ.get('QUERY_STRING', '')).get('name', ['you'])[0])
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    pages = [
        OLD % {'name': name, 'part': 50},
        NEW.format(name=name, part=70),
        THIRD.substitute(name=name),
    ]
    return [page.encode('utf-8') for page in pages] + [BAR % 30]
