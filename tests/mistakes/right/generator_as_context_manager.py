# A yield, and a return with a value in another function of the same class.
from contextlib import contextmanager


class Shelf:
    @contextmanager
    def opened(self):
        books = [b'Heidi\n']
        yield books
        books.clear()

    def __call__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        with self.opened() as books:
            return list(books)


application = Shelf()
