//! A page as text, as a browser would show it: laid out for a width, its links numbered, its form
//! read. All of it comes from outside and may be hostile, so whoever asks for a page does so on a
//! thread and waits only so long.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use html2text::render::{TaggedLine, TextDecorator};
use html2text::{Handle, RcDom, config};

use super::dom::{self, attribute, elements, name, piece, set_attribute, text_piece, words};
use super::error::PageError;
use super::fields::{PageForm, kind, options};

/// How long a page may take. Large ones written by people take hundredths of a second.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long parsing may take of that: a few bytes can ask the parser for very many elements.
const PARSING: Duration = Duration::from_millis(500);
/// Bytes the parser gets before it is asked how it is doing.
const SIP: usize = 128;
/// A stack of its own, for trees as deep as [`dom::check`] lets through.
const STACK: usize = 32 * 1024 * 1024;
/// The thread's name. A bug of a library in it is no reason to end the program.
pub const THREAD: &str = "page";
/// Lines and links that are kept.
const LINES: usize = 4_000;
const LINKS: usize = 1_000;
/// Columns a cell may stretch over.
const SPAN: usize = 50;
/// Columns of a field, as it stands in the page.
const FIELD: usize = 12;

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub title: String,
    /// Lines made of pieces.
    pub lines: Vec<Vec<(String, Look)>>,
    /// Lines that were too many to keep.
    pub more_lines: usize,
    /// The addresses of its links, as the page has them; the first is number 1.
    pub links: Vec<String>,
    /// The first form.
    pub form: Option<PageForm>,
    /// What its addresses are relative to, when it says so.
    pub base: Option<String>,
}

/// What a piece of a page looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Plain,
    Link,
    Strong,
    Code,
}

impl Page {
    /// The page of some HTML, in lines of `width` columns, made on a thread of its own.
    ///
    /// # Errors
    /// When it is too tangled to be shown, and why.
    pub fn laid_out(html: Vec<u8>, width: usize) -> Result<Self, PageError> {
        on_own_thread(move || Self::of(&html, width))
    }

    fn of(html: &[u8], width: usize) -> Result<Self, PageError> {
        let marker = Marker::default();
        let layout = config::with_decorator(marker.clone())
            .link_footnotes(false)
            .allow_width_overflow();
        let dom = parse(html)?;
        let mut page = Self {
            form: PageForm::all(&dom).into_iter().next(),
            title: first(&dom, "title").map_or_else(String::new, |it| words(&dom::text(&it))),
            base: base(&dom),
            ..Self::default()
        };
        show_controls(&dom.document);
        let lines = layout
            .dom_to_render_tree(&dom)
            .and_then(|tree| layout.render_to_lines(tree, width.max(1)))
            .map_err(|error| PageError::Layout(error.to_string()))?;
        page.more_lines = lines.len().saturating_sub(LINES);
        page.lines = lines.iter().take(LINES).map(pieces).collect();
        page.links = marker.links.take();
        Ok(page)
    }
}

/// Works on a page on a thread with a large stack, and waits only so long.
pub(super) fn on_own_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PageError> + Send + 'static,
) -> Result<T, PageError> {
    let (done, wait) = channel();
    thread::Builder::new()
        .name(THREAD.into())
        .stack_size(STACK)
        .spawn(move || {
            // Nobody listens any more when it took too long.
            let _ = done.send(work());
        })
        .map_err(|error| PageError::NoThread(error.to_string()))?;
    match wait.recv_timeout(PATIENCE) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(PageError::SlowLayout),
        Err(RecvTimeoutError::Disconnected) => Err(PageError::LayoutPanicked),
    }
}

/// The tree of some HTML, known to be of a reasonable depth and size.
pub(super) fn parse(html: &[u8]) -> Result<RcDom, PageError> {
    let sips = Sips {
        rest: html,
        until: Instant::now() + PARSING,
    };
    let dom = config::plain_no_decorate()
        .parse_html(sips)
        .map_err(|_| PageError::SlowParsing)?;
    dom::check(&dom)?;
    Ok(dom)
}

/// What a page says its addresses are relative to.
pub(super) fn base(dom: &RcDom) -> Option<String> {
    first(dom, "base").and_then(|base| attribute(&base, "href"))
}

fn first(dom: &RcDom, wanted: &str) -> Option<Handle> {
    elements(&dom.document)
        .into_iter()
        .find(|node| name(node) == wanted)
}

fn pieces(line: &TaggedLine<Vec<Look>>) -> Vec<(String, Look)> {
    line.tagged_strings()
        .map(|piece| {
            let look = piece.tag.iter().rev().find(|look| **look != Look::Plain);
            // Spaces that must not break have done their work.
            let text = piece.s.replace('\u{a0}', " ");
            (text, look.copied().unwrap_or_default())
        })
        .collect()
}

/// HTML in small pieces, until the time is up.
struct Sips<'a> {
    rest: &'a [u8],
    until: Instant,
}

impl Read for Sips<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if Instant::now() > self.until {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let room = buffer.len().min(SIP);
        self.rest.read(&mut buffer[..room])
    }
}

/// Puts text where a browser draws controls, and a block where it makes one: the layout knows
/// neither.
fn show_controls(node: &Handle) {
    let children: Vec<Handle> = node.children.borrow().clone();
    let mut shown = Vec::with_capacity(children.len());
    for child in children {
        match name(&child).as_str() {
            "input" | "select" | "textarea" => shown.extend(text_piece(&drawn(&child))),
            "wbr" | "template" | "noscript" | "datalist" => {}
            "hr" => shown.extend(piece("<div>────────────</div>")),
            "button" => {
                show_controls(&child);
                let inside = child.children.take();
                let mut all: Vec<Handle> = text_piece("[\u{a0}").into_iter().collect();
                all.extend(inside);
                all.extend(text_piece("\u{a0}]"));
                *child.children.borrow_mut() = all;
                shown.push(child);
            }
            "form" | "fieldset" | "legend" | "section" | "article" | "main" | "header"
            | "footer" | "nav" | "aside" | "address" | "figure" | "figcaption" | "details"
            | "summary" => {
                show_controls(&child);
                if let Some(block) = piece("<div></div>") {
                    *block.children.borrow_mut() = child.children.take();
                    child.children.borrow_mut().push(block);
                }
                shown.push(child);
            }
            _ => {
                bound_span(&child);
                show_controls(&child);
                shown.push(child);
            }
        }
    }
    *node.children.borrow_mut() = shown;
}

/// A table is made as wide as its cells say; a cell may say a thousand million.
fn bound_span(node: &Handle) {
    for span in ["colspan", "rowspan"] {
        let Some(value) = attribute(node, span) else {
            continue;
        };
        if !value.parse::<usize>().is_ok_and(|columns| columns <= SPAN) {
            set_attribute(node, span, "1");
        }
    }
}

/// A control in letters.
fn drawn(node: &Handle) -> String {
    let value = || attribute(node, "value").unwrap_or_default();
    let checked = attribute(node, "checked").is_some();
    let line = |text: &str| {
        let text: String = words(text).replace(' ', "\u{a0}");
        format!("[{text:_<FIELD$}]")
    };
    match kind(node).as_str() {
        "hidden" => String::new(),
        "checkbox" => if checked { "[x]" } else { "[\u{a0}]" }.to_owned(),
        "radio" => if checked { "(•)" } else { "(\u{a0})" }.to_owned(),
        kind @ ("submit" | "reset" | "button" | "image") => {
            let label = value();
            let label = if label.is_empty() { kind } else { &label };
            format!("[\u{a0}{}\u{a0}]", words(label).replace(' ', "\u{a0}"))
        }
        "password" => line(&"*".repeat(value().chars().count())),
        "select" => format!("[{}\u{a0}▾]", options(node).0),
        "textarea" => line(&dom::text(node)),
        _ => line(&value()),
    }
}

/// Marks links with their numbers. Clones number the same links.
#[derive(Clone, Default)]
struct Marker {
    links: Rc<RefCell<Vec<String>>>,
    open: Vec<Option<usize>>,
}

impl TextDecorator for Marker {
    type Annotation = Look;

    fn decorate_link_start(&mut self, url: &str) -> (String, Look) {
        let mut links = self.links.borrow_mut();
        // The same address has the same number.
        let known = links.iter().position(|known| known == url);
        let number = known.or_else(|| {
            (links.len() < LINKS).then(|| {
                links.push(url.to_owned());
                links.len() - 1
            })
        });
        self.open.push(number);
        (String::new(), Look::Link)
    }

    fn decorate_link_end(&mut self) -> String {
        let number = self.open.pop().flatten();
        number.map_or_else(String::new, |number| format!("[{}]", number + 1))
    }

    fn decorate_em_start(&self) -> (String, Look) {
        (String::new(), Look::Strong)
    }

    fn decorate_em_end(&self) -> String {
        String::new()
    }

    fn decorate_strong_start(&self) -> (String, Look) {
        (String::new(), Look::Strong)
    }

    fn decorate_strong_end(&self) -> String {
        String::new()
    }

    fn decorate_strikeout_start(&self) -> (String, Look) {
        ("~".to_owned(), Look::Plain)
    }

    fn decorate_strikeout_end(&self) -> String {
        "~".to_owned()
    }

    fn decorate_code_start(&self) -> (String, Look) {
        (String::new(), Look::Code)
    }

    fn decorate_code_end(&self) -> String {
        String::new()
    }

    fn decorate_preformat_first(&self) -> Look {
        Look::Code
    }

    fn decorate_preformat_cont(&self) -> Look {
        Look::Code
    }

    fn decorate_image(&mut self, _: &str, title: &str) -> (String, Look) {
        let title = if title.is_empty() { "picture" } else { title };
        (format!("[{title}]"), Look::Plain)
    }

    fn header_prefix(&self, level: usize) -> String {
        format!("{} ", "#".repeat(level))
    }

    fn quote_prefix(&self) -> String {
        "│ ".to_owned()
    }

    fn unordered_item_prefix(&self) -> String {
        "• ".to_owned()
    }

    fn ordered_item_prefix(&self, number: i64) -> String {
        format!("{number}. ")
    }

    fn make_subblock_decorator(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests;
