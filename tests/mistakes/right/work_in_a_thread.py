import threading


def application(environ, start_response):
    results = []
    workers = [threading.Thread(target=results.append, args=(n * n,)) for n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d\n' % sum(results)]
