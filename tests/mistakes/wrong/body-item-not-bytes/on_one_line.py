def app(e, s): s('200 OK', [('Content-Type', 'text/plain')]); yield None  # <- body-item-not-bytes
