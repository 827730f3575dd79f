class application:
    def __init__(self, env, start):
        self.blocks = iter([f"You asked for {env['PATH_INFO']}"])
        start('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.blocks).encode('utf-8')
