//! Requests whose path climbs out of the folder an app shows files of (CWE-22): below each path for
//! which the app looked at its files, one asks for the app's own source by way of the root folder.

use std::collections::HashSet;

use super::planned::{Cookies, Planned};
use crate::browser::typed_target;
use crate::diagnosis::Sources;
use crate::exchange::{EventKind, Exchange};

/// What such a request is called.
pub const NOTE: &str = "climbs out of a folder";
/// Paths below which one climbs, and values of a query in whose place one does.
const MAX_PLACES: usize = 8;
/// More folders than the one that is shown may lie below those of the app. Above the root there is
/// none, so one too many does no harm.
const MORE_FOLDERS: usize = 8;
/// How one folder up is written: as it is, encoded, and so that something is left where `../` is
/// taken out once.
const UPS: [&str; 3] = ["../", "%2e%2e%2f", "....//"];
/// Functions and methods that look at a file.
const FILE_CALLS: [&str; 11] = [
    "open",
    "FileIO",
    "read_bytes",
    "read_text",
    "exists",
    "isfile",
    "is_file",
    "isdir",
    "is_dir",
    "stat",
    "lexists",
];

/// The places where it was tried by now.
#[derive(Debug, Default)]
pub struct Climbs {
    places: HashSet<String>,
}

impl Climbs {
    /// The requests that follow from the exchange of a GET for this target; none where no line that
    /// looks at a file ran.
    pub fn take(&mut self, target: &str, exchange: &Exchange, sources: &Sources) -> Vec<Planned> {
        let Some(file) = sources.main().filter(|_| looks_at_files(exchange, sources)) else {
            return Vec::new();
        };
        let file = literally(file.trim_start_matches('/'));
        let count = file.matches('/').count() + MORE_FOLDERS;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let folder = path.rfind('/').map_or("/", |end| &path[..=end]);
        let mut targets = Vec::new();
        if self.is_new(folder) {
            targets.extend(UPS.map(|up| format!("{folder}{}{file}", up.repeat(count))));
        }
        let fields: Vec<&str> = query.split('&').collect();
        for (place, field) in fields.iter().enumerate() {
            let Some((name, _)) = field.split_once('=') else {
                continue;
            };
            if self.is_new(&format!("{path}?{name}")) {
                let mut fields: Vec<String> = fields.iter().map(ToString::to_string).collect();
                fields[place] = format!("{name}={}{file}", UPS[0].repeat(count));
                targets.push(format!("{path}?{}", fields.join("&")));
            }
        }
        let targets = targets.iter().filter_map(|target| typed_target(target));
        targets
            .map(|target| Planned {
                is_found: true,
                ..Planned::new("GET", &target)
                    .cookies(Cookies::Sent)
                    .note(NOTE)
            })
            .collect()
    }

    fn is_new(&mut self, place: &str) -> bool {
        self.places.len() < MAX_PLACES && self.places.insert(place.to_owned())
    }
}

/// A path whose characters mean nothing but themselves in a target; the others need no care.
fn literally(path: &str) -> String {
    let mut path = path.replace('%', "%25");
    for (character, code) in [("#", "%23"), ("?", "%3F"), ("&", "%26"), ("+", "%2B")] {
        path = path.replace(character, code);
    }
    path
}

/// Whether a line of the project ran that looks at a file.
fn looks_at_files(exchange: &Exchange, sources: &Sources) -> bool {
    let mut seen = HashSet::new();
    exchange.events().iter().any(|event| match &event.kind {
        EventKind::Line(step) if seen.insert((&step.place.file, step.place.line)) => {
            let source = sources.get(&step.place.file);
            source.is_some_and(|source| calls_a_file(source.line(step.place.line)))
        }
        _ => false,
    })
}

/// Whether a line of source has a call of one of these functions.
fn calls_a_file(line: &str) -> bool {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    line.match_indices('(').any(|(at, _)| {
        let before = line[..at].trim_end();
        let name = before.rsplit(|it| !is_word(it)).next();
        name.is_some_and(|name| FILE_CALLS.contains(&name))
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Climbs, calls_a_file};
    use crate::diagnosis::Sources;
    use crate::exchange::{Blame, Event, EventKind, Exchange, Step};

    #[rstest]
    #[case("    with open(path, 'rb') as file:", true)]
    #[case("    return Path(name).read_bytes ()", true)]
    #[case("    if not os.path.isfile(path):", true)]
    #[case("    reopen(path); opening = 1", false)]
    #[case("    start_response('404 Not Found', [])", false)]
    fn a_call_that_looks_at_a_file_is_known(#[case] line: &str, #[case] expected: bool) {
        assert_eq!(calls_a_file(line), expected);
    }

    /// The targets that follow from one, in an app whose only line is this one.
    fn climbed(climbs: &mut Climbs, target: &str, line: &str) -> Vec<String> {
        let mut exchange = Exchange::new(1);
        let file = "/shop/a b#&.py";
        let step = Step {
            place: Blame {
                file: file.to_owned(),
                line: 1,
            },
            function: String::new(),
            call: 1,
            depth: 1,
            locals: Vec::new(),
        };
        exchange.record(Event {
            at_us: 0,
            kind: EventKind::Line(step),
        });
        let found = climbs.take(target, &exchange, &Sources::of(file, line));
        found.iter().map(|it| it.target().to_owned()).collect()
    }

    #[test]
    fn each_place_is_tried_once_and_only_where_files_are_looked_at() {
        let mut climbs = Climbs::default();
        assert_eq!(climbed(&mut climbs, "/", "a = 1").len(), 0);
        let ups = |up: &str| up.repeat(9);
        let found = climbed(&mut climbs, "/files/a.txt?x&page=b", "open(a)");
        let expected = [
            format!("/files/{}shop/a%20b%23%26.py", ups("../")),
            format!("/files/{}shop/a%20b%23%26.py", ups("%2e%2e%2f")),
            format!("/files/{}shop/a%20b%23%26.py", ups("....//")),
            format!("/files/a.txt?x&page={}shop/a%20b%23%26.py", ups("../")),
        ];
        assert_eq!(found, expected);
        assert_eq!(climbed(&mut climbs, "/files/c?page=", "open(a)").len(), 1);
        assert_eq!(climbed(&mut climbs, "/files/c?page=1", "open(a)").len(), 0);
        let many = (0..20).map(|folder| format!("/{folder}/"));
        let many = many.map(|target| climbed(&mut climbs, &target, "open(a)").len());
        assert_eq!(many.sum::<usize>(), 5 * 3);
    }
}
