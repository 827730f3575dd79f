//! The requests that `wsgi-tutor check app.py` sends to each page it begins with: what visitors and
//! their programs send one day.

use super::planned::{Cookies, Planned, pair};
use crate::browser::encode_form;

/// A text with markup: it stands in a page as it came only where nobody escapes it. It is long
/// enough not to be taken for a part of the page.
pub const MARKUP: &str = "<i>\"&Ada";
/// A name that ends a text in SQL early, where it is pasted into one.
pub const APOSTROPHE: &str = "O'Brien";
/// Two lines, the second one of which looks like a header.
pub const TWO_LINES: &str = "one\r\nX-Two: 2";
/// The texts that are put in the place of one value after the other, and what they are called.
pub const BREAKING: [(&str, &str); 3] = [
    ("markup", MARKUP),
    ("an apostrophe", APOSTROPHE),
    ("two lines", TWO_LINES),
];
/// What is asked for of a page in parts: the beginning, all from a byte on, the end, and what is
/// not there.
const RANGES: [&str; 4] = ["0-9", "0-", "-5", "999999999-"];
/// A text whose letters are not all ASCII, with the character that separates fields.
pub const ODD: &str = "Zo\u{eb} & co";
/// Bytes of a body that is large for an application, and not for the server.
const LARGE: usize = 128 * 1024;
pub const URLENCODED: &str = "application/x-www-form-urlencoded";

/// The requests to a page.
pub fn page_probes(target: &str) -> Vec<Planned> {
    let form = "name=Ada+Lovelace&text=%3Ci%3E%22%26Ada&empty=";
    let separator = if target.contains('?') { '&' } else { '?' };
    let query = format!("{target}{separator}{form}&flag&q=salt%26pepper");
    let get = || Planned::new("GET", target);
    let post = || Planned::new("POST", target);
    let [first, head] = pair(target);
    let mut in_chunks = post()
        .body(URLENCODED, form.into())
        .note("a form in chunks");
    in_chunks.probe.chunked = true;
    let mut leaving = get().note("the client leaves");
    leaving.probe.leaves = true;
    let fields = [("name", ODD), ("text", MARKUP), ("empty", "")];
    let json = r#"{"name": "Ada Lovelace", "text": "<i>\"&Ada", "empty": null}"#;
    let ranges = RANGES.map(|range| {
        let range = format!("bytes={range}");
        let note = format!("Range: {range}");
        get().header("Range", &range).note(note)
    });
    let mut probes = vec![
        first.following(),
        head,
        Planned::new("GET", &query),
        post().form(&fields).note("a form"),
        post().body(URLENCODED, Vec::new()).note("an empty form"),
        post()
            .body("application/octet-stream", vec![b'x'; LARGE])
            .note("a large body"),
        in_chunks,
        post().body("application/json", json.into()).note("JSON"),
        Planned::new("OPTIONS", target),
        Planned::new("BREW", target),
    ];
    probes.extend(breaking(target, separator));
    probes.extend(ranges);
    probes.extend([
        get()
            .header("Accept-Encoding", "gzip")
            .note("Accept-Encoding: gzip"),
        get().cookies(Cookies::Required).note("with its cookies"),
        // Nothing may be used up by now.
        get().note("once more"),
        leaving,
    ]);
    probes
}

/// A query and a form, each with a text in all fields that breaks what is made of it by pasting.
/// Markup stands in other requests.
fn breaking(target: &str, separator: char) -> Vec<Planned> {
    let mut probes = Vec::new();
    for (name, text) in &BREAKING[1..] {
        let fields = ["name", "text", "q"].map(|field| (field, *text));
        if let Ok(query) = encode_form(&fields.map(|(field, text)| (field.into(), text.into()))) {
            let get = Planned::new("GET", &format!("{target}{separator}{query}"));
            probes.push(get.note(*name));
        }
        let post = Planned::new("POST", target).form(&fields);
        probes.push(post.note(format!("a form, {name}")));
    }
    probes
}

/// Requests to paths that no app has, the first one with markup (a page often says what was not
/// found), and the last one not even UTF-8.
pub fn unknown_paths() -> [Planned; 3] {
    [
        "/no/such/%3Ci%3E%22%26Ada",
        "/caf%C3%A9/%E2%98%95",
        "/%FF%FE",
    ]
    .map(|path| Planned::new("GET", path))
}
