//! Where a page leads: its links, what it embeds, and its forms. A page may be hostile: it is
//! parsed within the limits of [`super::Page`].

use html2text::{Handle, RcDom};

use super::dom::{attribute, elements, name};
use super::error::PageError;
use super::page::{base, on_own_thread, parse};
use super::{Origin, PageForm};

/// The links and forms of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Navigation {
    /// The addresses of links, pictures, scripts, style sheets and frames, as the page has them.
    pub links: Vec<String>,
    pub forms: Vec<PageForm>,
    /// What its addresses are relative to, when it says so.
    pub base: Option<String>,
}

impl Navigation {
    /// The links and forms of some HTML.
    ///
    /// # Errors
    /// When it is too tangled to be read, and why.
    pub fn parse(html: Vec<u8>) -> Result<Self, PageError> {
        on_own_thread(move || Ok(Self::of(&parse(&html)?)))
    }

    fn of(dom: &RcDom) -> Self {
        let elements = elements(&dom.document);
        Self {
            links: elements.iter().filter_map(address).collect(),
            forms: PageForm::all(dom),
            base: base(dom),
        }
    }

    /// What its addresses are relative to, for a page that was got from here.
    pub fn origin(&self, page: Origin) -> Origin {
        page.for_page(self.base.as_deref())
    }
}

/// The address of an element that leads somewhere, or that a browser loads by itself.
fn address(node: &Handle) -> Option<String> {
    let attribute_name = match name(node).as_str() {
        "a" | "area" | "link" => "href",
        "img" | "script" | "iframe" => "src",
        _ => return None,
    };
    attribute(node, attribute_name)
}

#[cfg(test)]
mod tests {
    use super::Navigation;

    #[test]
    fn links_and_all_forms_of_a_page_are_found() {
        let html = "<base href=/shop/><link rel=stylesheet href=shop.css><a href=one>One</a>\
            <a name=no-link>Here</a><img src=/logo.png>\
            <form action=search><input name=q></form>\
            <form method=post action=buy><input name=thing><input type=submit></form>";
        let page = Navigation::parse(html.into()).unwrap();
        assert_eq!(page.links, ["shop.css", "one", "/logo.png"]);
        assert_eq!(page.base.as_deref(), Some("/shop/"));
        let forms: Vec<_> = page
            .forms
            .iter()
            .map(|form| {
                let field = form.fields[0].name.as_str();
                (form.method.as_str(), form.action.as_str(), field)
            })
            .collect();
        assert_eq!(forms, [("GET", "search", "q"), ("POST", "buy", "thing")]);
    }
}
