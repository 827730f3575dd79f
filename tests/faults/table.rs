//! `docs/faults.md`: a section a kind of fault, a row a fault. A test tells what it saw, and fails
//! when the row says something else. With `WSGI_TUTOR_WRITE=1` the row is written instead.

use std::fs;
use std::sync::{Mutex, PoisonError};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/faults.md");

/// The tests run side by side, and there is one file.
static FILE: Mutex<()> = Mutex::new(());

/// A section of the table.
#[derive(Clone, Copy)]
pub enum Section {
    Apps,
    Clients,
    Surroundings,
    Secrets,
}

impl Section {
    fn title(self) -> &'static str {
        match self {
            Self::Apps => "## A bad application",
            Self::Clients => "## Bad clients",
            Self::Surroundings => "## A bad machine or terminal",
            Self::Secrets => "## What must stay closed",
        }
    }
}

/// `seen` is what the tutor did about this fault, in a sentence made of what the test observed. It
/// must be what the row says.
pub fn assert_row(section: Section, fault: &str, seen: &str) {
    let one_file = FILE.lock().unwrap_or_else(PoisonError::into_inner);
    let text = fs::read_to_string(PATH).expect("docs/faults.md is there");
    let row = format!("| {} | {} |", cell(fault), cell(seen));
    let begin = format!("| {} | ", cell(fault));
    let mut lines: Vec<&str> = text.lines().collect();
    let title = lines
        .iter()
        .position(|line| *line == section.title())
        .expect("the section is there");
    let rows = title
        + 1
        + lines[title + 1..]
            .iter()
            .position(|line| line.starts_with("|---"))
            .expect("the section has a table")
        + 1;
    let end = rows
        + lines[rows..]
            .iter()
            .take_while(|line| line.starts_with('|'))
            .count();
    let known = lines[rows..end]
        .iter()
        .position(|line| line.starts_with(&begin))
        .map(|place| rows + place);
    if std::env::var_os("WSGI_TUTOR_WRITE").is_some() {
        match known {
            Some(place) => lines[place] = &row,
            None => lines.insert(end, &row),
        }
        fs::write(PATH, lines.join("\n") + "\n").expect("docs/faults.md can be written");
        return;
    }
    let said = known.map(|place| lines[place].to_owned());
    drop(one_file);
    assert_eq!(
        said.as_deref(),
        Some(row.as_str()),
        "docs/faults.md says something else of {fault:?}"
    );
}

/// Text as a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
