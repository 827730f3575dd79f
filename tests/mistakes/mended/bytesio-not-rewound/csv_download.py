# send: GET /heights.csv

import csv
import io
from wsgiref.util import FileWrapper

PEAKS = [('Eiger', 3967), ('Titlis', 3238)]


def table():
    buffer = io.BytesIO()
    text = io.TextIOWrapper(buffer, encoding='utf-8', newline='')
    csv.writer(text).writerows(PEAKS)
    text.detach()
    return buffer


def application(environ, start_response):
    sheet = table()
    start_response('200 OK', [('Content-Type', 'text/csv; charset=utf-8')])
    sheet.seek(0)
    return FileWrapper(sheet)
