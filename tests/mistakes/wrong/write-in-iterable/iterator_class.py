class Countdown:
    def __init__(self, write, start):
        self.write, self.left = write, start

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            self.say("Go!\n")
            raise StopIteration
        self.left -= 1
        return b"%d\n" % (self.left + 1)

    def say(self, text):
        self.write(text.encode("utf-8"))  # <- write-in-iterable


def application(environ, start_response):
    write = start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return Countdown(write, 3)
