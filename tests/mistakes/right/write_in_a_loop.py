class Table:
    def __call__(self, environ, start_response):
        write = start_response('200 OK', [('Content-Type', 'text/csv')])
        for number in range(30):
            self.row(write, number)
        return ()

    def row(self, write, number):
        write(b'%d;%d\r\n' % (number, number * number))


application = Table()
