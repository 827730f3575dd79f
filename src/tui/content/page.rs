//! A page as text, then its links and its form.

use ratatui::text::Span;

use super::writer::Writer;
use crate::browser::{Look, Origin, Page};
use crate::exchange::{Moment, visible};
use crate::tui::state::model::Model;
use crate::tui::state::panes::Pane;
use crate::tui::text::wrap;
use crate::tui::theme::Role;

pub fn write(writer: &mut Writer, model: &Model, moment: &Moment) {
    writer.blank();
    let page = match model.page() {
        None => return writer.text(Role::Dim, "the page is being laid out …"),
        Some(Err(why)) => {
            let why = format!("the page cannot be shown: {why}");
            return writer.text(Role::Bad, &why);
        }
        Some(Ok(page)) => page,
    };
    if !page.title.is_empty() {
        writer.text(Role::Heading, &format!("title: {}", page.title));
        writer.blank();
    }
    for line in &page.lines {
        let spans: Vec<Span<'static>> = line
            .iter()
            .map(|(text, look)| Span::styled(visible(text), writer.theme.style(role(*look))))
            .collect();
        let margin = Span::raw(" ");
        let lines = wrap(&spans, writer.width, &margin, &margin);
        writer.lines.extend(lines);
    }
    if page.more_lines > 0 {
        let more = format!("… and {} lines more", page.more_lines);
        writer.text(Role::Dim, &more);
    }
    writer.more(moment.body.length, moment.body.kept.len());
    let origin = model.page_origin(page);
    links(writer, model, page, &origin);
    form(writer, model, page, &origin);
}

fn role(look: Look) -> Role {
    match look {
        Look::Plain => Role::Plain,
        Look::Link => Role::Key,
        Look::Strong => Role::Strong,
        Look::Code => Role::Code,
    }
}

fn links(writer: &mut Writer, model: &Model, page: &Page, origin: &Origin) {
    if page.links.is_empty() {
        return;
    }
    writer.blank();
    let key = if page.form.is_some() { "a" } else { "enter" };
    let title = format!("links, to follow with {}:", pressed(model, key));
    writer.text(Role::Heading, &title);
    for (place, link) in page.links.iter().enumerate() {
        let leads = match origin.resolve(link) {
            Some(_) => "",
            None => "  (leads elsewhere)",
        };
        writer.text(Role::Plain, &format!("[{}] {link}{leads}", place + 1));
    }
}

fn form(writer: &mut Writer, model: &Model, page: &Page, origin: &Origin) {
    let Some(form) = &page.form else { return };
    writer.blank();
    let address = match origin.resolve(&form.action) {
        Some(path) => path,
        None => format!("{} (elsewhere)", form.action),
    };
    let title = format!(
        "form, {} {address}, to fill in with {}:",
        form.method,
        pressed(model, "enter")
    );
    writer.text(Role::Heading, &title);
    for field in &form.fields {
        let text = format!(
            "{} = {}  ({})",
            field.name,
            field.value,
            field.description()
        );
        // A field may have lines of its own.
        writer.text(Role::Plain, &visible(&text));
    }
}

/// The keys that lead there from where the focus is.
fn pressed(model: &Model, key: &str) -> String {
    if model.session.focus == Pane::Response {
        key.to_owned()
    } else {
        format!("4 and {key}")
    }
}
