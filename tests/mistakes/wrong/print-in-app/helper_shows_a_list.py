DRINKS = ['tea', 'coffee']


def show(drinks):
    print(*drinks, sep='\n', flush=True)  # <- print-in-app


class Menu:
    def __init__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain')])

    def __iter__(self):
        yield b'Our drinks:\n'
        show(DRINKS)


application = Menu
