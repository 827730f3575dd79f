//! What `wsgi-tutor explain` prints: a key of environ or a term from the glossary, or a mistake
//! from the explanations of the diagnoses.

mod error;

use std::fmt::Write as _;

use crate::diagnosis::Mistake;
use crate::exchange::visible;
use crate::glossary::{self, Entry, Term};
pub use error::UnknownTerm;

/// Columns of the text.
const WIDTH: usize = 80;
/// Columns in front of what stands behind a label.
const INDENT: usize = 10;

/// The explanation of a key, a term or a mistake, as text to print.
///
/// # Errors
/// When there is none; the error offers names that are alike.
pub fn explain(word: &str) -> Result<String, UnknownTerm> {
    let slug = word.to_ascii_lowercase();
    if let Some(known) = Mistake::named(&slug) {
        return Ok(mistake(known, WIDTH));
    }
    // A header has the name of a term, and its key the same with other signs between the words.
    if let Some(entry) = glossary::exact(word) {
        return Ok(of_key(word, entry, WIDTH));
    }
    if let Some(text) = term(word, WIDTH) {
        return Ok(text);
    }
    if let Some(entry) = glossary::look_up(word) {
        return Ok(of_key(word, entry, WIDTH));
    }
    Err(UnknownTerm {
        word: visible(word),
        advice: advice(&slug),
    })
}

/// Everything that can be explained, as text to print.
pub fn everything() -> String {
    let mut text = String::new();
    for group in glossary::term_groups() {
        let names = group.terms.iter().map(|term| term.name.as_str());
        list(&mut text, &group.title, names);
    }
    for group in glossary::groups() {
        let keys = group.entries.iter().map(|entry| entry.key.as_str());
        list(&mut text, &group.title, keys);
    }
    list(&mut text, "Mistakes", slugs());
    text.push_str("wsgi-tutor explain generator explains one of them. A shell wants '$_GET' and\n");
    text.push_str("'header()' in quotes.\n");
    text
}

fn advice(slug: &str) -> String {
    let near = glossary::most_alike(slug, glossary::names().chain(slugs()));
    if near.is_empty() {
        "'wsgi-tutor explain' lists what is".to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    }
}

/// The explanation of a term, in lines of a width. Nothing where there is none.
pub fn term(word: &str, width: usize) -> Option<String> {
    Some(of_term(glossary::find_term(word)?, width))
}

fn of_term(term: &Term, width: usize) -> String {
    let mut text = format!("{}\n\n", term.name);
    paragraph(&mut text, "", &term.text, 0, width);
    text.push('\n');
    let example = term.example.trim_matches('\n');
    if !example.is_empty() {
        code(&mut text, example);
    }
    paragraph(&mut text, "see also", &term.see.join(", "), INDENT, width);
    for (label, source) in std::iter::once("source")
        .chain(std::iter::repeat(""))
        .zip(term.source.split("; "))
    {
        paragraph(&mut text, label, source, INDENT, width);
    }
    text
}

/// The explanation of a key of environ, in lines of a width. Nothing where there is none.
pub fn key(word: &str, width: usize) -> Option<String> {
    Some(of_key(word, glossary::look_up(word)?, width))
}

fn of_key(word: &str, entry: &Entry, width: usize) -> String {
    let mut text = if entry.is_general() && word != entry.key {
        let key = word.to_ascii_uppercase().replace('-', "_");
        format!("{}, like every {}\n\n", visible(&key), entry.key)
    } else {
        format!("{}\n\n", entry.key)
    };
    paragraph(&mut text, "", &entry.text, 0, width);
    text.push('\n');
    let mut labelled = |label, words: &str| paragraph(&mut text, label, words, INDENT, width);
    labelled("example", &entry.example);
    labelled("forged?", &entry.forge);
    labelled("absent?", &entry.absent);
    labelled("empty?", &entry.empty);
    if let Some(php) = &entry.php {
        labelled("in PHP", php);
    }
    let mut label = "see";
    for standard in entry.section.split("; ") {
        labelled(label, standard);
        label = "";
    }
    text
}

/// The names of all mistakes.
fn slugs() -> impl Iterator<Item = &'static str> {
    Mistake::ALL.iter().map(|mistake| mistake.slug())
}

/// The explanation of a mistake, in lines of a width.
pub fn mistake(mistake: Mistake, width: usize) -> String {
    let explanation = mistake.explanation();
    let mut text = format!("{}\n\n", mistake.slug());
    let kind = explanation.severity.name();
    paragraph(
        &mut text,
        "",
        &format!("{kind}: {}", explanation.title),
        0,
        width,
    );
    text.push('\n');
    for part in std::iter::once(explanation.why.as_str()).chain(explanation.more.split("\n\n")) {
        paragraph(&mut text, "", part, 0, width);
        text.push('\n');
    }
    for (title, example) in [
        ("Wrong:", &explanation.wrong),
        ("Right:", &explanation.right),
    ] {
        text.push_str(title);
        text.push_str("\n\n");
        code(&mut text, example.trim_matches('\n'));
    }
    paragraph(
        &mut text,
        "shown by",
        &explanation.shown_by(),
        INDENT,
        width,
    );
    if let Some(elsewhere) = &explanation.elsewhere {
        paragraph(&mut text, "elsewhere", elsewhere, INDENT, width);
    }
    paragraph(&mut text, "see", &explanation.pep, INDENT, width);
    text
}

/// A title, and names in columns below it.
fn list<'a>(text: &mut String, title: &str, names: impl Iterator<Item = &'a str>) {
    let names: Vec<&str> = names.collect();
    let longest = names.iter().map(|name| name.chars().count()).max();
    let column = longest.unwrap_or(0) + 2;
    let across = ((WIDTH - 2) / column).max(1);
    text.push_str(title);
    text.push('\n');
    for row in names.chunks(across) {
        let mut line = " ".to_owned();
        for name in row {
            // Writing to a String cannot fail.
            let _ = write!(line, " {name:<width$}", width = column - 1);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.push('\n');
}

/// Code, indented, with an empty line behind it.
fn code(text: &mut String, code: &str) {
    for line in code.lines() {
        text.push_str(format!("    {line}").trim_end());
        text.push('\n');
    }
    text.push('\n');
}

/// Words in lines of the width, behind a label and as many columns as it takes.
fn paragraph(text: &mut String, label: &str, words: &str, indent: usize, width: usize) {
    let mut line = format!("{label:<indent$}");
    let mut begun = false;
    for word in words.split_whitespace() {
        let space = usize::from(begun);
        if begun && line.chars().count() + space + word.chars().count() > width {
            text.push_str(&line);
            text.push('\n');
            line = " ".repeat(indent);
            begun = false;
        }
        if begun {
            line.push(' ');
        }
        line.push_str(word);
        begun = true;
    }
    text.push_str(&line);
    text.push('\n');
}

#[cfg(test)]
mod tests;
