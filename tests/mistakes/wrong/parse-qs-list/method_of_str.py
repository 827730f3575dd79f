# send: POST /search
# body: words=black+tea

from urllib.parse import parse_qs


def with_form(view):
    def app(environ, start_response):
        size = int(environ.get('CONTENT_LENGTH') or 0)
        text = environ['wsgi.input'].read(size).decode('utf-8', 'replace')
        return view(parse_qs(text), start_response)
    return app


def count_words(form, start_response):
    words = form['words']
    count = len(words.split())  # <- parse-qs-list
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d words\n' % count]


application = with_form(count_words)
