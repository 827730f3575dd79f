//! A case: an app, what to send it, and the mistakes that must be found, on which lines.
//!
//! The comments at the top of the file say what to send, in order; without any it is `GET /`:
//!
//! ```text
//! # send: POST /path?x=1
//! # header: Content-Type: text/plain
//! # body: one\ntwo\xe9
//! # chunked
//! # leaves
//! ```
//!
//! `# python: system` is said by a case that makes sense under `CPython` only, and `# workers: 2`
//! or `# threads: 2` by one that takes several processes or threads, which the embedded Python
//! cannot have. A line at which a mistake must be found ends in `# <- its-name`; one without a line
//! stands alone at the top.

use std::fs;
use std::path::{Path, PathBuf};

/// A mistake's name, and its line if it must have one.
pub type Found = (String, Option<u64>);

/// What is sent, and how.
pub struct Sent {
    pub bytes: Vec<u8>,
    /// Whether the client leaves after the first bytes of the answer.
    pub leaves: bool,
}

pub struct Case {
    /// For people: `wrong/body-is-str/helper.py`.
    pub name: String,
    pub source: String,
    pub sent: Vec<Sent>,
    pub expected: Vec<Found>,
    /// Whether it makes sense under a system Python only.
    pub system_only: bool,
    /// The options that `run` gets, each with its value.
    pub options: Vec<(&'static str, String)>,
}

/// All apps below `tests/mistakes`, in order: wrong ones, right ones, and wrong ones that were
/// mended.
pub fn all() -> Vec<Case> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mistakes"));
    let mut files = Vec::new();
    collect(&root.join("wrong"), &mut files);
    collect(&root.join("right"), &mut files);
    collect(&root.join("mended"), &mut files);
    files.sort();
    files.iter().map(|file| Case::read(root, file)).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the cases are there") {
        let path = entry.expect("they can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "py") {
            files.push(path);
        }
    }
}

/// A request as the comments say it, piece by piece.
#[derive(Default)]
struct Asked {
    line: String,
    headers: Vec<String>,
    body: Option<Vec<u8>>,
    chunked: bool,
    leaves: bool,
}

impl Case {
    fn read(root: &Path, file: &Path) -> Self {
        let source = fs::read_to_string(file).expect("a case can be read");
        let name = file.strip_prefix(root).expect("it lies below");
        let mut expected = Vec::new();
        let mut system_only = false;
        let mut options = Vec::new();
        for (number, line) in (1..).zip(source.lines()) {
            system_only |= line == "# python: system";
            for option in ["--workers", "--threads"] {
                let comment = format!("# {}: ", option.trim_start_matches('-'));
                options.extend(
                    line.strip_prefix(&comment)
                        .map(|it| (option, it.to_owned())),
                );
            }
            if let Some((before, names)) = line.split_once("# <- ") {
                let place = (!before.trim().is_empty()).then_some(number);
                let names = names.split(',').map(|name| name.trim().to_owned());
                expected.extend(names.map(|name| (name, place)));
            }
        }
        expected.sort();
        Self {
            name: name.to_string_lossy().into_owned(),
            sent: sends(&source),
            source,
            expected,
            system_only,
            options,
        }
    }

    /// The mended twin of a wrong app.
    pub fn mended(&self) -> Option<String> {
        let name = self.name.strip_prefix("wrong/")?;
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mistakes/mended");
        fs::read_to_string(Path::new(root).join(name)).ok()
    }

    /// The folder of a wrong app, which has the name of its mistake.
    pub fn slug(&self) -> Option<&str> {
        self.name.strip_prefix("wrong/")?.split('/').next()
    }
}

/// What the comments of an app say to send.
pub fn sends(source: &str) -> Vec<Sent> {
    let mut asked: Vec<Asked> = Vec::new();
    for line in source.lines() {
        if let Some(request) = line.strip_prefix("# send: ") {
            asked.push(Asked::of(request));
        }
        if let Some(last) = asked.last_mut() {
            last.more(line);
        }
    }
    if asked.is_empty() {
        asked.push(Asked::of("GET /"));
    }
    asked.into_iter().map(Asked::sent).collect()
}

impl Asked {
    fn of(line: &str) -> Self {
        Self {
            line: line.to_owned(),
            ..Self::default()
        }
    }

    fn more(&mut self, line: &str) {
        if let Some(header) = line.strip_prefix("# header: ") {
            self.headers.push(header.to_owned());
        } else if let Some(body) = line.strip_prefix("# body:") {
            let body = body.strip_prefix(' ').unwrap_or(body);
            self.body = Some(unescaped(body));
        }
        self.chunked |= line == "# chunked";
        self.leaves |= line == "# leaves";
    }

    fn sent(self) -> Sent {
        let has = |name: &str| {
            let mut headers = self.headers.iter();
            headers.any(|it| it.to_ascii_lowercase().starts_with(name))
        };
        let has_type = has("content-type:");
        let mut head = format!("{} HTTP/1.1\r\n", self.line);
        if !has("host:") {
            head.push_str("Host: localhost\r\n");
        }
        for header in &self.headers {
            head.push_str(header);
            head.push_str("\r\n");
        }
        let posts = self.line.starts_with("POST ");
        let form = self.body.is_some() && !has_type;
        if form {
            head.push_str("Content-Type: application/x-www-form-urlencoded\r\n");
        }
        let mut rest = Vec::new();
        if let Some(body) = self.body.or_else(|| posts.then(Vec::new)) {
            if self.chunked {
                head.push_str("Transfer-Encoding: chunked\r\n");
                rest = in_chunks(&body);
            } else {
                let length = format!("Content-Length: {}\r\n", body.len());
                head.push_str(&length);
                rest = body;
            }
        }
        head.push_str("Connection: close\r\n\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend(rest);
        Sent {
            bytes,
            leaves: self.leaves,
        }
    }
}

/// A body in two chunks.
fn in_chunks(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (first, second) = body.split_at(body.len() / 2);
    for part in [first, second].into_iter().filter(|part| !part.is_empty()) {
        bytes.extend(format!("{:x}\r\n", part.len()).into_bytes());
        bytes.extend(part);
        bytes.extend(b"\r\n");
    }
    bytes.extend(b"0\r\n\r\n");
    bytes
}

/// The escapes of Python that the cases use: `\n`, `\r`, `\t`, `\\`, `\xe9`.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.chars();
    while let Some(next) = rest.next() {
        if next != '\\' {
            bytes.extend(next.to_string().into_bytes());
            continue;
        }
        match rest.next() {
            Some('n') => bytes.push(b'\n'),
            Some('r') => bytes.push(b'\r'),
            Some('t') => bytes.push(b'\t'),
            Some('x') => {
                let digits: String = rest.by_ref().take(2).collect();
                bytes.push(u8::from_str_radix(&digits, 16).expect("two digits follow \\x"));
            }
            Some(other) => bytes.push(u8::try_from(other).expect("an escape is ASCII")),
            None => bytes.push(b'\\'),
        }
    }
    bytes
}
