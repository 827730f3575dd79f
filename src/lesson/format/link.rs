//! Where the links of a lesson's texts lead.

use pulldown_cmark::{Event, Parser, Tag};

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A key of environ: `key:PATH_INFO`.
    Key(String),
    /// A term that `wsgi-tutor explain` knows: `term:generator`.
    Term(String),
    /// A lesson of the same course, by its name: `lesson:form-post`.
    Lesson(String),
    /// A mistake, by its slug: `mistake:body-is-str`.
    Mistake(String),
    /// An address, or what should be one.
    Address(String),
}

impl Link {
    /// Reads the target of a link.
    pub fn parse(target: &str) -> Self {
        match target.split_once(':') {
            Some(("key", key)) => Self::Key(key.to_owned()),
            Some(("term", name)) => Self::Term(name.to_owned()),
            Some(("lesson", name)) => Self::Lesson(name.to_owned()),
            Some(("mistake", slug)) => Self::Mistake(slug.to_owned()),
            _ => Self::Address(target.to_owned()),
        }
    }

    /// The links of a Markdown text, in order.
    pub fn all_of(markdown: &str) -> impl Iterator<Item = Self> {
        Parser::new(markdown).filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(Self::parse(&dest_url)),
            _ => None,
        })
    }
}
