//! Finds further requests for `check` in the answers of an app: the links and forms of its pages,
//! and where it redirects. Only what leads to the app itself, each once, and not without end.

use std::collections::{HashMap, HashSet};

use super::forms::form_probes;
use super::planned::{Cookies, Planned, pair};
use super::probes::BREAKING;
use crate::browser::{Navigation, Origin, PageForm, encode_form};
use crate::exchange::{Exchange, Moment, header};

/// Links that are followed, and forms that are sent.
const MAX_LINKS: usize = 20;
const MAX_FORMS: usize = 10;
/// Links that differ in their numbers only, such as `/item/1` and `/item/2`, that are followed.
const MAX_ALIKE: usize = 3;
/// Values in the queries of links and pages in whose place markup is sent, and what else may break
/// something.
const MAX_REPLACED: usize = 12;
/// A link whose address holds one of these may take something away: the session, or data.
const DESTRUCTIVE: [&str; 9] = [
    "logout", "logoff", "signout", "signoff", "delete", "remove", "destroy", "purge", "reset",
];

/// What was found by now.
pub struct Discovery {
    /// The app's own host and port.
    hosts: [String; 1],
    targets: HashSet<String>,
    alike: HashMap<String, usize>,
    forms: HashSet<(String, String, Vec<String>)>,
    /// Paths and names of values in whose place something else is sent.
    replaced: HashSet<(String, String)>,
    links: usize,
}

impl Discovery {
    /// For the app at this host and port, of which these pages are known.
    pub fn new(host: &str, known: &[String]) -> Self {
        Self {
            hosts: [host.to_owned()],
            targets: known.iter().cloned().collect(),
            alike: HashMap::new(),
            forms: HashSet::new(),
            replaced: HashSet::new(),
            links: 0,
        }
    }

    /// The requests that follow from the answer to a request for this target.
    pub fn take(&mut self, target: &str, exchange: &Exchange) -> Vec<Planned> {
        let moment = exchange.now();
        if moment.error_page {
            return Vec::new();
        }
        let page = Origin::new(target, &self.hosts);
        let mut found: Vec<Planned> = Vec::new();
        if let Some(location) = redirect(moment) {
            found.extend(self.link(location, &page));
        }
        let navigation = html(moment).and_then(|html| Navigation::parse(html).ok());
        if let Some(navigation) = navigation {
            let origin = navigation.origin(page);
            for link in &navigation.links {
                found.extend(self.link(link, &origin));
            }
            for form in &navigation.forms {
                found.extend(self.form(form, target, &origin));
            }
        }
        for planned in &mut found {
            planned.is_found = true;
        }
        found
    }

    fn link(&mut self, address: &str, origin: &Origin) -> Vec<Planned> {
        let Some(target) = origin.resolve(address) else {
            return Vec::new();
        };
        if self.links >= MAX_LINKS || is_destructive(&target) || self.targets.contains(&target) {
            return Vec::new();
        }
        let alike = self.alike.entry(without_numbers(&target)).or_default();
        if *alike >= MAX_ALIKE {
            return Vec::new();
        }
        *alike += 1;
        self.links += 1;
        self.targets.insert(target.clone());
        let [get, head] = pair(&target);
        let mut found = vec![get.following(), head];
        found.extend(self.with_values_replaced(&target));
        found
    }

    /// The requests with markup in the place of one value after the other of a target's query, and
    /// with what else may break something.
    pub fn with_values_replaced(&mut self, target: &str) -> Vec<Planned> {
        let Some((path, query)) = target.split_once('?') else {
            return Vec::new();
        };
        let Ok(fields) = serde_urlencoded::from_str::<Vec<(String, String)>>(query) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (place, (name, _)) in fields.iter().enumerate() {
            let key = (path.to_owned(), name.clone());
            if self.replaced.len() >= MAX_REPLACED || !self.replaced.insert(key) {
                continue;
            }
            for (what, text) in BREAKING {
                let mut fields = fields.clone();
                text.clone_into(&mut fields[place].1);
                if let Ok(query) = encode_form(&fields) {
                    found.push(Planned {
                        is_found: true,
                        ..Planned::new("GET", &format!("{path}?{query}"))
                            .cookies(Cookies::Sent)
                            .note(format!("{what} in {name}"))
                    });
                }
            }
        }
        found
    }

    fn form(&mut self, form: &PageForm, page: &str, origin: &Origin) -> Vec<Planned> {
        let Some(action) = origin.resolve(&form.action) else {
            return Vec::new();
        };
        let names = form.fields.iter().map(|field| field.name.clone()).collect();
        let key = (form.method.clone(), without_numbers(&action), names);
        if self.forms.len() >= MAX_FORMS || self.forms.contains(&key) {
            return Vec::new();
        }
        self.forms.insert(key);
        let mut probes = form_probes(form, &action);
        // It may show what was sent.
        let again = Planned::new("GET", page).cookies(Cookies::Sent);
        probes.push(again.note("after its form"));
        probes
    }
}

fn sent_header<'a>(moment: &'a Moment, name: &str) -> Option<&'a str> {
    header(&moment.sent.as_ref()?.1, name)
}

fn redirect(moment: &Moment) -> Option<&str> {
    let is_redirect = moment.status()?.starts_with('3');
    sent_header(moment, "Location").filter(|_| is_redirect)
}

/// The body where it is HTML as it stands.
fn html(moment: &Moment) -> Option<Vec<u8>> {
    let kind = sent_header(moment, "Content-Type")?.to_ascii_lowercase();
    let is_html = kind.starts_with("text/html") || kind.starts_with("application/xhtml+xml");
    let is_plain = sent_header(moment, "Content-Encoding").is_none();
    let body = &moment.body.kept;
    (is_html && is_plain && !body.is_empty()).then(|| body.clone())
}

fn is_destructive(target: &str) -> bool {
    let letters = target.to_ascii_lowercase().replace(['-', '_'], "");
    DESTRUCTIVE.iter().any(|word| letters.contains(word))
}

/// A target with `0` for each number in it.
fn without_numbers(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for character in target.chars() {
        match character {
            '0'..='9' if out.ends_with('0') => {}
            '0'..='9' => out.push('0'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Discovery, is_destructive};
    use crate::browser::{Navigation, Origin};

    #[rstest]
    #[case("/log-out", true)]
    #[case("/item?action=Delete", true)]
    #[case("/items", false)]
    fn links_that_take_something_away_are_known(#[case] target: &str, #[case] expected: bool) {
        assert_eq!(is_destructive(target), expected);
    }

    #[test]
    fn a_form_is_sent_once_and_never_elsewhere() {
        let html = "<form method=post action=buy><input name=q></form>\
            <form method=post action=https://example.org/><input name=q></form>";
        let page = Navigation::parse(html.into()).unwrap();
        let origin = Origin::new("/shop/", &["127.0.0.1:8080".into()]);
        let mut discovery = Discovery::new("127.0.0.1:8080", &[]);
        let forms = page.forms.iter().chain(&page.forms);
        let found = forms.flat_map(|form| discovery.form(form, "/shop/", &origin));
        let found: Vec<String> = found.map(|planned| planned.label()).collect();
        let expected = [
            "POST /shop/buy (its form, odd letters)",
            "POST /shop/buy (its form, markup in q)",
            "POST /shop/buy (its form, an apostrophe in q)",
            "POST /shop/buy (its form, two lines in q)",
            "POST /shop/buy (its form, blank)",
            "POST /shop/buy (its form, no fields)",
            "GET /shop/ (after its form)",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn each_link_is_followed_once_and_few_of_those_that_are_alike() {
        let mut discovery = Discovery::new("127.0.0.1:8080", &["/".to_owned()]);
        let origin = Origin::new("/", &["127.0.0.1:8080".into()]);
        let links = [
            "/",
            "a",
            "a#x",
            "/i/1",
            "/i/22",
            "/i/3",
            "/i/4",
            "http://example.org/",
        ];
        let found = links.iter().flat_map(|link| discovery.link(link, &origin));
        let found: Vec<String> = found.map(|planned| planned.label()).collect();
        let expected = [
            "GET /a",
            "HEAD /a",
            "GET /i/1",
            "HEAD /i/1",
            "GET /i/22",
            "HEAD /i/22",
            "GET /i/3",
            "HEAD /i/3",
        ];
        assert_eq!(found, expected);
        let many = (0..100).map(|number| "x".repeat(number + 2));
        let found = many.flat_map(|link| discovery.link(&link, &origin)).count();
        assert_eq!(found, 2 * (20 - 4));
    }

    #[test]
    fn something_else_takes_the_place_of_each_value_of_a_query_once() {
        let mut discovery = Discovery::new("127.0.0.1:8080", &[]);
        let mut replaced = |target: &str| -> Vec<String> {
            let found = discovery.with_values_replaced(target).into_iter();
            found.map(|planned| planned.label()).collect()
        };
        let expected = [
            "GET /find?q=%3Ci%3E%22%26Ada&page=a+b (markup in q)",
            "GET /find?q=O%27Brien&page=a+b (an apostrophe in q)",
            "GET /find?q=one%0D%0AX-Two%3A+2&page=a+b (two lines in q)",
            "GET /find?q=&page=%3Ci%3E%22%26Ada (markup in page)",
            "GET /find?q=&page=O%27Brien (an apostrophe in page)",
            "GET /find?q=&page=one%0D%0AX-Two%3A+2 (two lines in page)",
        ];
        assert_eq!(replaced("/find?q=&page=a%20b"), expected);
        assert_eq!(replaced("/find?q=other&page=2").len(), 0);
        assert_eq!(replaced("/find").len(), 0);
        let many = (0..100).map(|number| replaced(&format!("/{number}?q=1")).len());
        assert_eq!(many.sum::<usize>(), 3 * (12 - 2));
    }
}
