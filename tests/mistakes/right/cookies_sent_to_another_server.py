# In a request all cookies stand in one header: no mistake here.
import urllib.request

JAR = {'a': '1', 'b': '2'}


def application(environ, start_response):
    request = urllib.request.Request('http://localhost/', headers={
        'Cookie': '; '.join(f'{name}={value}' for name, value in JAR.items()),
    })
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return [request.get_header('Cookie').encode('ascii'), b'\n']
