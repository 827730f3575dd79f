//! The page in the response pane: what it is made from, and whether it is made yet.

use crate::browser::{Page, PageError};
use crate::exchange::{ExchangeId, Moment, header};

/// What a page is made from: so much of the body of an exchange, in lines of a width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSource {
    pub id: ExchangeId,
    /// Bytes of the body.
    pub kept: usize,
    /// Columns.
    pub width: usize,
}

/// A page, or why it cannot be shown.
pub type PageResult = Result<Page, PageError>;

/// The page that was made last, and the one that is being made.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    ordered: Option<PageSource>,
    made: Option<(PageSource, PageResult)>,
}

impl Pages {
    /// The page of an exchange; while it grows, or its pane does, the one made before.
    pub fn of(&self, id: ExchangeId) -> Option<&PageResult> {
        let (source, page) = self.made.as_ref()?;
        (source.id == id).then_some(page)
    }

    /// Notes that a page is to be made; not while another one is being made, or when it is made.
    pub fn order(&mut self, source: PageSource) -> bool {
        let made = self.made.as_ref().map(|(made, _)| *made);
        let wanted = self.ordered.is_none() && made != Some(source);
        if wanted {
            self.ordered = Some(source);
        }
        wanted
    }

    /// Takes a page that is ready.
    pub fn take(&mut self, source: PageSource, page: PageResult) {
        // Of something that is no longer open nothing was ordered.
        if self.ordered == Some(source) {
            self.ordered = None;
            self.made = Some((source, page));
        }
    }
}

/// Whether the answer is a page: HTML, and not compressed.
pub fn is_page(moment: &Moment) -> bool {
    let given = moment.started.as_ref().map(|started| &started.headers);
    let headers = moment.sent.as_ref().map(|(_, headers)| headers).or(given);
    let value = |name: &str| Some(header(headers?, name)?.trim().to_ascii_lowercase());
    let r#type = value("content-type").unwrap_or_default();
    let r#type = r#type.split(';').next().unwrap_or_default().trim();
    let coding = value("content-encoding").unwrap_or_default();
    moment.body.length > 0
        && ["text/html", "application/xhtml+xml"].contains(&r#type)
        && ["", "identity"].contains(&coding.as_str())
}
