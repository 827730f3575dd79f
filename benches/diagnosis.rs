//! From a finished exchange to its diagnoses, against lines of source: the first exchange after the
//! project was loaded, which parses it, and those that follow; beside the parser alone in the same
//! run. `cargo bench --bench diagnosis`

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

use wsgi_tutor::diagnosis::{Analyzer, Sources};
use wsgi_tutor::exchange::{
    Blame, BlockSource, Event, EventKind, Excerpt, Exchange, RequestRead, Step,
};

const FILE: &str = "/home/ada/app.py";
/// The lines of an exchange that are recorded.
const STEPS: usize = 2_000;
const ROUNDS: u32 = 30;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout();
    for views in [20, 200, 600] {
        let source = project(views);
        let lines = source.lines().count();
        let exchange = exchange(lines);
        let parsing = shortest(|| {
            // What is measured is the work, whatever comes of it.
            let _ = ruff_python_parser::parse_module(&source);
        });
        let analyzer = Analyzer::start()?;
        let mut number = 0;
        let first = shortest(|| {
            // A project with another text is parsed anew.
            number += 1;
            let saved = Sources::of(FILE, format!("{source}# {number}\n"));
            let _ = analyzer.diagnose(&exchange, &saved);
        });
        let sources = Sources::of(FILE, source.as_str());
        let _ = analyzer.diagnose(&exchange, &sources);
        let next = shortest(|| {
            let _ = analyzer.diagnose(&exchange, &sources);
        });
        let ratio = |one: Duration| one.as_secs_f64() / parsing.as_secs_f64();
        writeln!(
            out,
            "{lines} lines: first {first:.2?} (x{:.2} of parsing), next {next:.2?} (x{:.2})",
            ratio(first),
            ratio(next)
        )?;
    }
    Ok(())
}

fn shortest(mut work: impl FnMut()) -> Duration {
    let times = (0..ROUNDS).map(|_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    });
    times.min().unwrap_or_default()
}

/// An application with so many views.
fn project(views: usize) -> String {
    let mut text = String::from("from html import escape\nfrom urllib.parse import parse_qs\n\n");
    for number in 0..views {
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "def view_{number}(environ, start_response):\n    \
                 fields = parse_qs(environ.get('QUERY_STRING', ''))\n    \
                 names = fields.get('name', ['nobody'])\n    \
                 rows = []\n    \
                 for name in names:\n        \
                     rows.append('<li>' + escape(name) + '</li>')\n    \
                 if environ['REQUEST_METHOD'] == 'POST':\n        \
                     size = int(environ.get('CONTENT_LENGTH') or 0)\n        \
                     rows.append(escape(environ['wsgi.input'].read(size).decode('utf-8', 'replace')))\n    \
                 page = '<ul>%s</ul>' % ''.join(rows)\n    \
                 headers = [('Content-Type', 'text/html; charset=utf-8'), ('X-View', '{number}')]\n    \
                 start_response('200 OK', headers)\n    \
                 return [page.encode('utf-8')]\n\n\n"
        );
    }
    text.push_str("ROUTES = {\n");
    for number in 0..views {
        let _ = writeln!(text, "    '/{number}': view_{number},");
    }
    text.push_str(
        "}\n\n\ndef application(environ, start_response):\n    \
             path = environ['PATH_INFO']\n    \
             return ROUTES.get(path, view_0)(environ, start_response)\n",
    );
    text
}

/// A request in which lines all over the file ran.
fn exchange(lines: usize) -> Exchange {
    let request = EventKind::RequestRead(
        RequestRead {
            method: "GET".into(),
            target: "/1?name=%3Cb%3EAda%3C/b%3E".into(),
            version: "HTTP/1.1".into(),
            headers: Vec::new(),
            body: Excerpt::default(),
        }
        .into(),
    );
    let called = EventKind::AppCalled {
        callable: "function application".into(),
    };
    let steps = lines.min(STEPS);
    let ran = (0..steps).map(|step| {
        let line = u32::try_from(step * lines / steps + 1).unwrap_or(u32::MAX);
        EventKind::Line(Step {
            place: Blame {
                file: FILE.into(),
                line,
            },
            function: "view".into(),
            call: line,
            depth: 1,
            locals: Vec::new(),
        })
    });
    let sent = EventKind::HeadersSent {
        status: "200 OK".into(),
        headers: vec![("Content-Type".into(), "text/html; charset=utf-8".into())],
    };
    let page = b"<ul><li>&lt;b&gt;Ada&lt;/b&gt;</li></ul>";
    let block = EventKind::Block {
        source: BlockSource::Iterable,
        bytes: Excerpt::new(page, 99),
        sent: page.len() as u64,
    };
    let kinds = [request, called].into_iter().chain(ran);
    let kinds = kinds.chain([sent, block, EventKind::Finished]);
    let mut exchange = Exchange::new(1);
    for (at_us, kind) in (0..).zip(kinds) {
        exchange.record(Event { at_us, kind });
    }
    exchange
}
