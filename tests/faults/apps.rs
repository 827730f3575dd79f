//! Applications that hang, die, flood or break what they stand on. Whatever one of them does, the
//! tutor itself answers meanwhile, the next request is served, and no process outlives the tutor.

/// A test for each fault: how it is seen, what it is called, its row, and the statements its
/// application runs. The first line says what stands before and after them all.
macro_rules! fault_tests {
    ($before:expr, $after:expr; $($run:ident: $test:ident, $row:literal, $statements:literal;)*) => {$(
        #[test]
        fn $test() {
            $run($row, &$crate::apps::source($before, $statements, $after));
        }
    )*};
}

mod breakers;
mod children;
mod deaths;
mod descriptors;
mod exceptions;
mod files;
mod floods;
mod hangs;
mod late;
mod objects;
mod terminals;

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use rustix::process::Signal;
use serde_json::Value;

use crate::running::marked;
#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Answer, Engine, Plan, SYSTEM, Tutor, get};
use crate::table::{Section, assert_row};

/// How each engine is called in the table.
const ENGINES: &[(Engine, &str)] = &[
    #[cfg(feature = "embedded-python")]
    (EMBEDDED, "embedded"),
    (SYSTEM, "CPython"),
];

/// How a fault ends that leaves the answer as it would be.
const ANSWERS: &str = "    return answer(start_response)\n";

/// An application whose `fault` runs these statements.
fn source(before: &str, statements: &str, after: &str) -> String {
    let statements = statements.replace('\n', "\n    ");
    format!("{before}def fault(environ, start_response):\n    {statements}\n{after}")
}

/// What stands before each fault: `/hello` tells the process, `/fault` calls `fault`.
const BEFORE: &str = "\
import gc, os, signal, subprocess, sys, threading, time

def answer(start_response, *blocks):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return list(blocks or [b'answered'])

def hello(environ, start_response, process=str(os.getpid()).encode()):
    return answer(start_response, process)

def application(environ, start_response, space=globals()):
    return space[environ['PATH_INFO'][1:]](environ, start_response)
";

/// What each version of Python says in other words, and not always of the same line.
const PYTHONS_OWN: [&str; 3] = ["MemoryError", "RecursionError", "SyntaxError"];

/// A comment in a source: what it prints belongs to its row.
const PRINTS: &str = "# It prints.";

/// The name of the variable in the environment of everything a test starts.
const MARK: &str = "WSGI_TUTOR_TEST";

/// A tutor, and what everything it starts is known by.
pub struct Marked {
    pub tutor: Tutor,
    mark: String,
}

impl Marked {
    pub fn start(plan: Plan, engine: Engine) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let mark = format!("{}-{number}", std::process::id());
        let tutor = plan.engine(engine).env(MARK, &mark).start();
        Self { tutor, mark }
    }

    pub fn app(engine: Engine, source: &str) -> Self {
        let app = format!("{BEFORE}\n{source}");
        Self::start(Tutor::run("app.py", &[("app.py", &app)]), engine)
    }

    /// The process that answers.
    pub fn process(&self) -> String {
        let answer = self.tutor.get("/hello");
        assert_eq!(answer.status, "200 OK", "{}", answer.text());
        self.tutor.exchange();
        answer.text()
    }

    /// Ends the tutor, after which nothing of it runs.
    pub fn ends(self, name: &str) {
        let ended = self.tutor.stop(Signal::TERM);
        assert_eq!(ended.status.code(), Some(0), "{name}");
        assert_eq!(ended.stderr, "", "{name}");
        for process in marked(MARK, &self.mark) {
            let id = process.id;
            assert!(process.ends(), "{name}: {id:?} outlives the tutor");
        }
    }
}

/// Under every engine the same becomes of a fault: `source` defines `fault`, and perhaps `then`,
/// which is asked for after it.
fn fault(name: &str, source: &str) {
    faults(&[(name, source)]);
}

/// Several faults side by side, because each takes as long as the deadline.
fn faults(all: &[(&str, &str)]) {
    seen_by_each(all, observe);
}

/// The same where the engines differ: a row for each of them.
fn fault_of_each(name: &str, source: &str) {
    seen_of_each(&[(name, source)], observe);
}

/// Observes all of these side by side, under each engine; it must see the same.
fn seen_by_each<T: ?Sized + Sync>(
    all: &[(&str, &T)],
    observe: impl Fn(&str, Engine, &T) -> String + Sync,
) {
    observed(all, observe, |name, seen| {
        let (_, first) = &seen[0];
        for (engine, other) in seen {
            assert_eq!(other, first, "{name}, {engine}");
        }
        assert_row(Section::Apps, name, first);
    });
}

/// The same where the engines differ: a row for each of them.
fn seen_of_each<T: ?Sized + Sync>(
    all: &[(&str, &T)],
    observe: impl Fn(&str, Engine, &T) -> String + Sync,
) {
    observed(all, observe, |name, seen| {
        for (engine, seen) in seen {
            assert_row(Section::Apps, &format!("{name} ({engine})"), seen);
        }
    });
}

fn observed<T: ?Sized + Sync>(
    all: &[(&str, &T)],
    observe: impl Fn(&str, Engine, &T) -> String + Sync,
    judge: impl Fn(&str, &[(&str, String)]),
) {
    let observe = &observe;
    thread::scope(|scope| {
        let running: Vec<_> = all
            .iter()
            .map(|&(name, fault)| {
                let each = ENGINES.iter().map(|&(engine, called)| {
                    let run = move || observe(name, engine, fault);
                    (called, scope.spawn(run))
                });
                (name, each.collect::<Vec<_>>())
            })
            .collect();
        for (name, each) in running {
            let seen: Vec<_> = each
                .into_iter()
                .map(|(called, run)| {
                    let seen = run.join().unwrap_or_else(|_| panic!("{name}, {called}"));
                    (called, seen)
                })
                .collect();
            judge(name, &seen);
        }
    });
}

/// What the tutor does about one fault, as a sentence.
fn observe(name: &str, engine: Engine, source: &str) -> String {
    let marked = Marked::app(engine, source);
    let before = marked.process();
    let is_printed = source.contains(PRINTS);
    let mut seen = asked(&marked.tutor, "/fault", is_printed);
    if source.contains("def then(") {
        seen = format!("{seen}; then {}", asked(&marked.tutor, "/then", is_printed));
    }
    let after = marked.process();
    seen.push_str(if after == before {
        "; the same process goes on"
    } else {
        let died = marked.tutor.told("worker-died");
        assert!(died["reason"].is_string(), "{name}: {died}");
        "; a new process answers next"
    });
    marked.ends(name);
    seen
}

/// Sends a request, and while it is answered one that the tutor answers by itself; tells what came.
fn asked(tutor: &Tutor, path: &str, is_printed: bool) -> String {
    let mut client = tutor.connect();
    client.send(get(path));
    let refused = tutor.ask("this is no HTTP\r\n\r\n");
    assert_eq!(refused.status, "400 Bad Request", "{path}");
    let answer = Answer::read(&client.rest(), false);
    let exchange = tutor.exchange();
    let mut seen = told(&answer, &exchange);
    if is_printed {
        let printed = exchange["printed"].as_str().unwrap_or_default().trim();
        let last = printed.lines().last().unwrap_or_default();
        let last = last.escape_debug();
        seen = format!("{seen}, and what it printed is told: “{last}”");
    }
    seen
}

/// An answer and its exchange, in a few words.
pub fn told(answer: &Answer, exchange: &Value) -> String {
    let mut seen = answer.status[..3].to_owned();
    if !answer.whole {
        seen.push_str(", cut off");
    }
    let error = &exchange["error"];
    if let Some(message) = error["message"].as_str() {
        let message = shortened(message.trim());
        let kind = error["type"].as_str().unwrap_or_default();
        seen = match kind {
            "TimeoutError" | "WorkerDied" => format!("{seen}, “{message}”"),
            _ if PYTHONS_OWN.contains(&kind) => format!("{seen}, {kind}"),
            _ => format!("{seen}, “{kind}: {message}”"),
        };
        let line = error["line"].as_u64();
        if let Some(line) = line.filter(|_| !message.contains("line "))
            && !PYTHONS_OWN.contains(&kind)
        {
            seen = format!("{seen} at line {line}");
        }
        if answer.status.starts_with('5') {
            let page = answer.text();
            // What was broken may have raised something first, and the page tells what came first.
            let raised = kind == "WorkerDied" && page.contains("left the application");
            assert!(
                raised || page.contains(&escaped(&message)),
                "{message:?} is not in {page}"
            );
        }
    }
    let diagnoses = exchange["diagnoses"].as_array().into_iter().flatten();
    let mut errors = diagnoses.filter(|diagnosis| diagnosis["severity"] == "error");
    if let Some(diagnosis) = errors.next() {
        let name = diagnosis["slug"].as_str().expect("it has a name");
        seen = format!("{seen}, named {name}");
        let is_pythons = PYTHONS_OWN.contains(&error["type"].as_str().unwrap_or_default());
        if let (None, Some(line), false) = (
            error["line"].as_u64(),
            diagnosis["line"].as_u64(),
            is_pythons,
        ) {
            seen = format!("{seen} at line {line}");
        }
    }
    seen
}

/// The beginning of a message without measure.
fn shortened(message: &str) -> String {
    const MOST: usize = 120;
    match message.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}

/// Text as it stands in a page, up to where it was shortened.
fn escaped(text: &str) -> String {
    text.trim_end_matches('…')
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
