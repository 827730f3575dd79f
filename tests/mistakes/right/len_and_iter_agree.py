class Blocks:
    def __init__(self, blocks):
        self.blocks = blocks

    def __len__(self):
        return len(self.blocks)

    def __iter__(self):
        return iter(self.blocks)


def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return Blocks([b'one block\n'])
