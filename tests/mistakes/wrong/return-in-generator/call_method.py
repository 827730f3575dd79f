# send: GET /
# send: GET /all

class Library:
    books = ['Emma', 'Dracula', 'Ulysses']

    def __call__(self, environ, start_response):
        start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
        if environ['PATH_INFO'] == '/':
            return self.welcome()  # <- return-in-generator
        for book in self.books:
            yield book.encode('utf-8') + b'\n'

    def welcome(self):
        return [b'There are %d books.\n' % len(self.books)]


app = Library()
