import tempfile


def application(environ, start_response):
    report = tempfile.TemporaryFile()
    for week in (40, 41, 42):
        report.write(b'week %d: %d visitors\n' % (week, week * 3))
    start_response('200 OK', [('Content-Type', 'text/plain; charset=utf-8')])
    return report  # <- bytesio-not-rewound
