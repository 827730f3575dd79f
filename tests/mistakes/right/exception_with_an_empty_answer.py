# 204 and an empty list on purpose.
# send: DELETE /notes/7

NOTES = {'1': 'milk'}


def application(environ, start_response):
    number = environ['PATH_INFO'].rpartition('/')[2]
    try:
        del NOTES[number]
    except KeyError:
        pass
    start_response('204 No Content', [])
    return []
