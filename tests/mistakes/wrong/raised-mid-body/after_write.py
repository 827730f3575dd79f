def application(environ, start_response):
    names = ['Ada', 'Grace']
    write = start_response('200 OK', [('Content-Type', 'text/plain')])
    write(b'The third is:\n')
    third = names[2]  # <- raised-mid-body
    return [third.encode('ascii')]
