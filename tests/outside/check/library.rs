//! Apps of a library: what is the library's doing is not told as the learner's.

use serde_json::Value;

use super::{check, found, said};
use crate::support::SYSTEM;

/// The mistakes that check finds in an app with a library of this name, and what it says.
fn with_library(app: &str, name: &str, library: &str) -> (Vec<(String, u64, Vec<String>)>, String) {
    let path = "import sys\nfrom pathlib import Path\n\
        sys.path.append(str(Path(__file__).parent / 'lib/site-packages'))\n";
    let app = format!("{path}{app}");
    let file = format!("lib/site-packages/{name}");
    let files = [("app.py", app.as_str()), (file.as_str(), library)];
    let told = said(&check(&files, &["app.py", "--json"], SYSTEM));
    let told: Value = serde_json::from_str(&told).unwrap();
    (found(&told), said(&check(&files, &["app.py"], SYSTEM)))
}

/// A framework that hands out the input as Werkzeug does: as it is where it ends, and else limited.
const STREAMS: &str = "\
import io

class Request:
    def __init__(self, environ):
        self.environ = environ

    @property
    def stream(self):
        stream = self.environ['wsgi.input']
        if 'wsgi.input_terminated' in self.environ:
            return stream
        return io.BytesIO(stream.read(int(self.environ.get('CONTENT_LENGTH') or 0)))

    def data(self):
        return self.environ['wsgi.input'].read()
";

#[test]
fn a_stream_of_a_librarys_own_may_be_read_to_its_end() {
    let app = |call: &str| {
        format!(
            "\
import streams

def application(environ, start_response):
    data = streams.Request(environ).{call}
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d bytes' % len(data)]
"
        )
    };
    for call in [
        "stream.read()",
        "stream.read(1000000)",
        "stream.readlines()",
    ] {
        let (found, _) = with_library(&app(call), "streams.py", STREAMS);
        assert_eq!(found, Vec::new(), "{call}");
    }
    let (found, _) = with_library(&app("environ['wsgi.input'].read()"), "streams.py", STREAMS);
    let found: Vec<(&str, u64)> = found.iter().map(|it| (it.0.as_str(), it.1)).collect();
    assert_eq!(found, [("input-read-all", 7)]);
}

#[test]
fn a_django_project_is_told_how_to_see_a_traceback() {
    // What a Django project does while DEBUG is False.
    let django = "\
def get_wsgi_application():
    def application(environ, start_response):
        start_response('500 Internal Server Error', [('Content-Type', 'text/html; charset=utf-8')])
        return [b'<h1>Server Error (500)</h1>']
    return application
";
    let app = "from django import get_wsgi_application\napplication = get_wsgi_application()\n";
    let (found, said) = with_library(app, "django.py", django);
    assert_eq!((found.len(), found[0].0.as_str()), (1, "server-error"));
    let help =
        " = help: Django logs no traceback while DEBUG is False: set DEBUG = True for the check, ";
    assert!(said.contains(help), "{said}");
}
