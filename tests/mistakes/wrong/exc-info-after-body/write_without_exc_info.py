class Shop:
    prices = {'tea': 3}

    def __call__(self, environ, start_response):
        write = start_response('200 OK', [('Content-Type', 'text/plain')])
        try:
            for name in ('tea', 'coffee'):
                write(b'%s: %d\n' % (name.encode('ascii'), self.prices[name]))
        except LookupError:
            return self.failed(start_response)
        return []

    def failed(self, start_response):
        start_response('500 Internal Server Error', [('Content-Type', 'text/plain')])  # <- exc-info-after-body
        return [b'We are sold out.\n']


application = Shop()
