# send: GET /start
# send: GET /finish
import threading

go = threading.Event()
threads = []


def work(write):
    go.wait(5)
    write(b"the work is done\n")  # <- write-after-end


def application(environ, start_response):
    write = start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    if environ["PATH_INFO"] == "/start":
        threads.append(threading.Thread(target=work, args=(write,)))
        threads[0].start()
        return [b"started\n"]
    go.set()
    threads[0].join(5)
    return [b"finished\n"]
