# A text file without encoding=: UTF-8 is the default wherever the locale or the UTF-8 mode says so.
import csv
import os
import tempfile
from pathlib import Path

FOLDER = tempfile.mkdtemp()
MENU = os.path.join(FOLDER, 'menu.txt')
PRICES = Path(FOLDER, 'prices.csv')
with open(MENU, 'wb') as file:
    file.write('Rösti, crème brûlée\n'.encode('utf-8'))
PRICES.write_text('café,3\n')


def application(environ, start_response):
    with open(MENU) as file:
        text = file.read()
    with open(PRICES, newline='') as file:
        text += ' '.join(cell for row in csv.reader(file) for cell in row)
    text += PRICES.read_text()
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [text.encode('utf-8')]
