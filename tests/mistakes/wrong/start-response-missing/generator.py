class Counter:
    def __call__(self, environ, start_response):
        for number in range(3):
            yield b"%d\n" % number  # <- start-response-missing


app = Counter()
