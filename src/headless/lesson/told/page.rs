//! The page of an answer, as a browser shows it.

use crate::browser::Page;
use crate::exchange::{Exchange, visible};
use crate::headless::plain::{named, push};

/// Columns, where a page has tables.
const WIDTH: usize = 80;

/// The lines of the page, and where its links lead.
pub fn page(exchange: &Exchange) -> String {
    let body = &exchange.now().body;
    let name = named(exchange);
    let page = match Page::laid_out(body.kept.clone(), WIDTH) {
        Ok(page) => page,
        Err(why) => return format!("The page of {name} cannot be told: {why}\n"),
    };
    let mut text = match page.title.trim() {
        "" => format!("The page of {name}:\n"),
        title => format!("The page of {name}, titled {}:\n", visible(title)),
    };
    for pieces in &page.lines {
        let line: String = pieces.iter().map(|(piece, _)| visible(piece)).collect();
        if !line.trim().is_empty() {
            push(&mut text, line.trim_end());
        }
    }
    if page.more_lines > 0 {
        push(
            &mut text,
            &format!("{} more lines are not told.", page.more_lines),
        );
    }
    for (number, link) in (1..).zip(&page.links) {
        push(
            &mut text,
            &format!("Link {number} leads to {}", visible(link)),
        );
    }
    text
}
