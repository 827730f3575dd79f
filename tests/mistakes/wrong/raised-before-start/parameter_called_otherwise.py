class Pages:
    def __call__(self, env, start):
        return self.page(env, start)

    def page(self, env, start):
        path = environ.get('PATH_INFO', '/')  # <- raised-before-start
        start('200 OK', [('Content-Type', 'text/plain'), ('X-Method', env['REQUEST_METHOD'])])
        return [path.encode('latin-1')]


application = Pages()
