//! A screen to play on: a model, the messages a session would send, and what is drawn.

use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Cell;
use ratatui::style::Modifier;
use wsgi_tutor::browser::Page;
use wsgi_tutor::diagnosis::{diagnose, diagnose_load};
use wsgi_tutor::exchange::{
    Blame, BlockSource, EnvironEntry, Event, EventKind, Excerpt, Origin, Output, Raised, RaisedIn,
    Refused, RequestRead, Shared, StartResponse, Step,
};
use wsgi_tutor::lesson::{Catalogue, Change};
use wsgi_tutor::python::{About, Code, Target};
use wsgi_tutor::session::SessionEvent;
use wsgi_tutor::tui::highlight::Highlighter;
use wsgi_tutor::tui::state::session::{Load, Subject};
use wsgi_tutor::tui::theme::Theme;
use wsgi_tutor::tui::{Effect, Message, Model, draw, update};

/// Lessons that stay as they are, whatever those for learners become.
pub const COURSE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/course");

pub struct Stage {
    pub model: Model,
    pub effects: Vec<Effect>,
}

impl Stage {
    /// The list of lessons, on a terminal of this size.
    pub fn new(columns: u16, rows: u16) -> Self {
        Self::of(Catalogue::read(COURSE.as_ref()).unwrap(), columns, rows)
    }

    /// The list of these lessons, of somebody who was here before.
    pub fn of(catalogue: Catalogue, columns: u16, rows: u16) -> Self {
        let mut model = Model::new(catalogue, Theme::Mono, (columns, rows));
        model.progress.apply(&Change::Welcomed, "");
        Self {
            model,
            effects: Vec::new(),
        }
    }

    /// A lesson, counted from 1, that has just been opened: its first frame.
    pub fn lesson(number: usize, columns: u16, rows: u16) -> Self {
        let mut stage = Self::new(columns, rows);
        let source = stage.model.catalogue.lessons[number - 1].source.clone();
        stage.send(Message::Opened {
            subject: Subject::Lesson(number - 1),
            file: Some(app()),
            source,
            broken: false,
        });
        stage.effects.clear();
        stage
    }

    /// The same lesson once everything has started.
    pub fn serving(number: usize, columns: u16, rows: u16) -> Self {
        let mut stage = Self::lesson(number, columns, rows);
        stage.run(number);
        stage
    }

    /// Opens a lesson, and everything starts.
    pub fn open(&mut self, number: usize) {
        let source = self.model.catalogue.lessons[number - 1].source.clone();
        self.send(Message::Opened {
            subject: Subject::Lesson(number - 1),
            file: Some(app()),
            source,
            broken: false,
        });
        self.run(number);
    }

    fn run(&mut self, number: usize) {
        self.start();
        let source = self.model.catalogue.lessons[number - 1].source.clone();
        self.report(SessionEvent::Loaded(Code {
            callable: "function application".into(),
            ..code(&source, "")
        }));
    }

    /// An application of one's own, of several files, once everything has started.
    pub fn own(columns: u16, rows: u16) -> Self {
        let mut stage = Self::new(columns, rows);
        let folder = PathBuf::from("/home/ada/shop");
        let file = folder.join("shop/site.py");
        let source = "from shop import words\n\n\ndef app(environ, start_response):\n    \
                      start_response('200 OK', [('Content-Type', 'text/plain')])\n    \
                      return [words.greeting(environ)]\n";
        stage.send(Message::Opened {
            subject: Subject::App(Target::parse("shop.site:app", &folder).unwrap()),
            file: None,
            source: String::new(),
            broken: false,
        });
        stage.start();
        stage.report(SessionEvent::Loaded(Code {
            file: Some(file),
            source: source.into(),
            others: Vec::new(),
            callable: "function app".into(),
            printed: String::new(),
            python: String::new(),
        }));
        stage
    }

    fn start(&mut self) {
        self.report(SessionEvent::Serving {
            url: "http://127.0.0.1:8080".into(),
            mount: String::new(),
            public: false,
        });
        self.report(SessionEvent::Python(About {
            reason: None,
            engine: "embedded",
            implementation: "rustpython".into(),
            version: "3.14.0".into(),
            path: None,
        }));
    }

    /// The source of what is open.
    pub fn source(&self) -> String {
        self.model.session.opened.as_ref().unwrap().source.clone()
    }

    /// The colours of the source are ready.
    pub fn colour(&mut self) {
        let source = self.source();
        let tokens = Highlighter::default().tokens(&source);
        self.send(Message::Highlighted { source, tokens });
    }

    pub fn send(&mut self, message: Message) {
        for effect in update(&mut self.model, message) {
            match effect {
                // The only effect whose answer the screen waits for, and it is the same every time.
                Effect::LayOut {
                    source,
                    html,
                    width,
                } => self.send(Message::Paged {
                    source,
                    page: Page::laid_out(html, width),
                }),
                // What another thread does in the program.
                Effect::Diagnose(id) => {
                    let exchange = self.model.session.history.get(id);
                    let opened = self.model.session.opened.as_ref();
                    if let Some((exchange, opened)) = exchange.zip(opened) {
                        let findings = diagnose(exchange, &opened.sources);
                        self.send(Message::Diagnosed { id, findings });
                    }
                }
                Effect::DiagnoseLoad => {
                    let opened = self.model.session.opened.as_ref().unwrap();
                    if let Load::Failed(raised) = &opened.loaded {
                        let sources = opened.sources.clone();
                        let findings = diagnose_load(raised, &sources);
                        self.send(Message::LoadDiagnosed { sources, findings });
                    }
                }
                other => self.effects.push(other),
            }
        }
    }

    pub fn report(&mut self, report: SessionEvent) {
        self.send(Message::Session(report));
    }

    /// Presses keys: each character is one, and words in `<>` are named keys.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        let mut rest = keys;
        while let Some(first) = rest.chars().next() {
            let name = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
            let (code, modifiers);
            (code, modifiers, rest) = if let Some((name, after)) = name {
                match name.strip_prefix("ctrl-").and_then(|it| it.chars().next()) {
                    Some(letter) => (KeyCode::Char(letter), KeyModifiers::CONTROL, after),
                    None => (named(name), KeyModifiers::NONE, after),
                }
            } else {
                let after = &rest[first.len_utf8()..];
                (KeyCode::Char(first), KeyModifiers::NONE, after)
            };
            self.send(Message::Key(KeyEvent::new(code, modifiers)));
        }
        self
    }

    /// The frame, as text.
    pub fn frame(&self) -> String {
        self.drawn().to_string()
    }

    /// What is underlined in the frame.
    pub fn underlined(&self) -> String {
        let drawn = self.drawn();
        let cells = drawn.buffer().content.iter();
        let underlined = cells.filter(|cell| cell.modifier.contains(Modifier::UNDERLINED));
        underlined.map(Cell::symbol).collect()
    }

    fn drawn(&self) -> TestBackend {
        let (columns, rows) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|frame| draw(&self.model, frame)).unwrap();
        terminal.backend().clone()
    }

    /// All events of an exchange, a tenth of a millisecond apart.
    pub fn exchange(&mut self, id: u64, kinds: Vec<EventKind>) {
        for event in events(kinds) {
            self.report(SessionEvent::Exchange(id, event));
        }
    }
}

/// These things, one after the other.
pub fn events(kinds: Vec<EventKind>) -> impl Iterator<Item = Event> {
    let times = (0..).step_by(100);
    times.zip(kinds).map(|(at_us, kind)| Event { at_us, kind })
}

/// The code of the learner's file, and what it printed while it was loaded.
pub fn code(source: &str, printed: &str) -> Code {
    Code {
        file: Some(app()),
        source: source.into(),
        others: Vec::new(),
        callable: String::new(),
        printed: printed.into(),
        python: String::new(),
    }
}

fn named(name: &str) -> KeyCode {
    match name {
        "enter" => KeyCode::Enter,
        "lt" => KeyCode::Char('<'),
        "esc" => KeyCode::Esc,
        "f1" => KeyCode::F(1),
        "f2" => KeyCode::F(2),
        "tab" => KeyCode::Tab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "end" => KeyCode::End,
        "home" => KeyCode::Home,
        "page-down" => KeyCode::PageDown,
        other => panic!("no key is named {other}"),
    }
}

pub fn app() -> PathBuf {
    PathBuf::from("/home/ada/app.py")
}

/// A request as curl sends it, up to the call of the application.
pub fn asked(method: &str, target: &str) -> Vec<EventKind> {
    let line = format!("{method} {target} HTTP/1.1\r\n");
    let bytes = format!("{line}Host: 127.0.0.1:8080\r\nUser-Agent: curl/8.0\r\n\r\n");
    let entry = |key: &str, repr: &str, r#type: &str, from| EnvironEntry {
        key: key.into(),
        repr: repr.into(),
        r#type: r#type.to_owned().into(),
        from,
    };
    let sent = |what: &str, part: &str| {
        let start = bytes.find(part).unwrap();
        Origin::Request {
            what: what.to_owned().into(),
            start,
            end: start + part.len(),
        }
    };
    vec![
        EventKind::ConnectionOpened {
            peer: "127.0.0.1:50000".into(),
            reused: false,
        },
        EventKind::BytesReceived {
            bytes: Excerpt::new(bytes.as_bytes(), 9999),
        },
        EventKind::RequestRead(
            RequestRead {
                method: method.into(),
                target: target.into(),
                version: "HTTP/1.1".into(),
                headers: vec![("User-Agent".into(), "curl/8.0".into())],
                body: Excerpt::default(),
            }
            .into(),
        ),
        EventKind::EnvironBuilt {
            environ: vec![
                entry(
                    "REQUEST_METHOD",
                    &format!("'{method}'"),
                    "str",
                    sent("the method", method),
                ),
                entry(
                    "PATH_INFO",
                    &format!("'{target}'"),
                    "str",
                    sent("the path, percent-decoded", target),
                ),
                entry(
                    "HTTP_USER_AGENT",
                    "'curl/8.0'",
                    "str",
                    sent("the header User-Agent", "User-Agent: curl/8.0"),
                ),
                entry(
                    "SERVER_PORT",
                    "'8080'",
                    "str",
                    Origin::Connection("the port the client connected to".into()),
                ),
                entry(
                    "wsgi.version",
                    "(1, 0)",
                    "tuple",
                    Origin::Gateway("the version of WSGI this server speaks".into()),
                ),
            ]
            .into(),
        },
        EventKind::AppCalled {
            callable: "function application".into(),
        },
    ]
}

/// A whole exchange whose path and query are percent-encoded.
pub fn encoded() -> Vec<EventKind> {
    let (path, query) = ("/caf%C3%A9", "name=Zo%C3%AB&page=2");
    let mut kinds = whole("GET", &format!("{path}?{query}"), "200 OK", b"text");
    let built = kinds.iter_mut().find_map(|kind| match kind {
        EventKind::EnvironBuilt { environ } => Some(environ),
        _ => None,
    });
    let built = built.unwrap();
    let mut environ = built.to_vec();
    let start = "GET ".len();
    let query_start = start + path.len() + 1;
    environ[1].repr = "'/caf\u{c3}\u{a9}'".into();
    environ[1].from = Origin::Request {
        what: "the path, percent-decoded".into(),
        start,
        end: start + path.len(),
    };
    let query = EnvironEntry {
        key: "QUERY_STRING".into(),
        repr: format!("'{query}'"),
        r#type: "str".into(),
        from: Origin::Request {
            what: "what follows the '?'".into(),
            start: query_start,
            end: query_start + query.len(),
        },
    };
    environ.insert(2, query);
    *built = environ.into();
    kinds
}

/// What follows when the application answers with one block.
pub fn answered(status: &str, body: &[u8]) -> Vec<EventKind> {
    let headers = vec![("Content-Type".to_owned(), "text/plain".to_owned())];
    let mut all = headers.clone();
    all.extend([
        ("Content-Length".to_owned(), body.len().to_string()),
        (
            "Date".to_owned(),
            "Fri, 02 Jan 2026 03:04:05 GMT".to_owned(),
        ),
        ("Server".to_owned(), "wsgi-tutor".to_owned()),
    ]);
    vec![
        started(status),
        EventKind::Block {
            source: BlockSource::Iterable,
            bytes: Excerpt::new(body, 1 << 20),
            sent: body.len() as u64,
        },
        EventKind::HeadersSent {
            status: status.into(),
            headers: all,
        },
        EventKind::Finished,
    ]
}

pub fn started(status: &str) -> EventKind {
    EventKind::StartResponse(
        StartResponse {
            status: status.into(),
            headers: vec![("Content-Type".into(), "text/plain".into())],
            exc_info: false,
            mounted: None,
            library: None,
            by: wsgi_tutor::exchange::By::default(),
        }
        .into(),
    )
}

pub fn whole(method: &str, target: &str, status: &str, body: &[u8]) -> Vec<EventKind> {
    let mut kinds = asked(method, target);
    kinds.extend(answered(status, body));
    kinds
}

pub fn raised(line: u32) -> Raised {
    Raised {
        r#in: RaisedIn::Call,
        r#type: "NameError".into(),
        message: "name 'nam' is not defined".into(),
        traceback: format!(
            "Traceback (most recent call last):\n  File \"app.py\", line {line}, in application\n\
             NameError: name 'nam' is not defined\n"
        ),
        blame: Some(Blame {
            file: app().to_string_lossy().into_owned(),
            line,
        }),
        calls: Vec::new(),
        rule: None,
        missing: None,
        lacks: None,
        limit: None,
    }
}

/// A line of the app of one's own.
pub fn place(line: u32) -> Blame {
    Blame {
        file: "/home/ada/shop/shop/site.py".into(),
        line,
    }
}

/// Such a line about to run, and what changed.
pub fn line(number: u32, call: u32, locals: &[(&str, &str)]) -> EventKind {
    let owned = |&(name, value): &(&str, &str)| (name.to_owned(), Some(value.to_owned()));
    EventKind::Line(Step {
        place: place(number),
        function: "app".into(),
        call,
        depth: 1,
        locals: locals.iter().map(owned).collect(),
    })
}

/// A whole exchange whose answer is a page.
pub fn page(target: &str, html: &str) -> Vec<EventKind> {
    let mut kinds = whole("GET", target, "200 OK", html.as_bytes());
    let of_page = |headers: &mut Vec<(String, String)>| {
        headers[0].1 = "text/html; charset=utf-8".into();
    };
    for kind in &mut kinds {
        match kind {
            EventKind::StartResponse(started) => change(started, |it| of_page(&mut it.headers)),
            EventKind::HeadersSent { headers, .. } => of_page(headers),
            _ => {}
        }
    }
    kinds
}

/// Changes what an event says.
pub fn change<T: Clone>(said: &mut Shared<T>, how: impl FnOnce(&mut T)) {
    let mut other = T::clone(said);
    how(&mut other);
    *said = other.into();
}

/// Bytes to the client, of which so many were kept.
pub fn wired(bytes: &[u8], kept: usize) -> EventKind {
    EventKind::BytesSent {
        bytes: Excerpt::new(bytes, kept),
    }
}

/// What leaves for the client: headers and one block.
pub fn sent(status: &str, body: &[u8]) -> Vec<EventKind> {
    let mut kinds = answered(status, body);
    kinds.remove(0);
    kinds.pop();
    kinds
}

pub fn printed(text: &str) -> EventKind {
    EventKind::Printed {
        output: Output::Stdout,
        text: text.into(),
    }
}

pub fn refused() -> Vec<EventKind> {
    vec![
        EventKind::ConnectionOpened {
            peer: "127.0.0.1:50001".into(),
            reused: false,
        },
        EventKind::BytesReceived {
            bytes: Excerpt::new(b"\x16\x03\x01\x02\x00\r\nmore", 99),
        },
        EventKind::Refused(Refused {
            status: 400,
            reason: "tls".into(),
            detail: "the client speaks HTTPS; this server speaks plain HTTP".into(),
            bytes: Excerpt::new(b"\x16\x03\x01\x02", 9),
        }),
        EventKind::Finished,
    ]
}
