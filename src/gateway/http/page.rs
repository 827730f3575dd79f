//! Which page of a browser a request comes from, and which one it leaves. Pure.
//!
//! A browser that follows a link keeps the old page, and all that this still loads, until the new
//! page's head has come. Where the application answers one request at a time, and still answers one
//! of the old page's, both would wait for each other for ever.

use std::net::IpAddr;

use super::head::Head;

/// A page in somebody's browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    client: IpAddr,
    agent: Vec<u8>,
    url: Vec<u8>,
}

impl Page {
    /// The page that a browser leaves by this request: by a link, a form or a script of that page.
    /// `None` where an address was typed in, since the browser closes the old page's
    /// connections at once then.
    pub fn left_by(head: &Head, client: IpAddr) -> Option<Self> {
        let is_page = match only(head, "sec-fetch-dest") {
            Some(destination) => destination == b"document",
            // Not sent to a server that is neither this machine nor behind TLS.
            None => only(head, "accept")?.starts_with(b"text/html"),
        };
        if !is_page || only(head, "sec-purpose").is_some() {
            return None;
        }
        Self::new(head, client, only(head, "referer")?.to_vec())
    }

    /// The pages for which an answer to this request is: the one that asked for it, and what it is
    /// itself. None for a request that may change something, which is not ended for a page.
    pub fn served_by(head: &Head, client: IpAddr) -> Vec<Self> {
        if head.part(&head.method) != b"GET" {
            return Vec::new();
        }
        let own = only(head, "host").map(|host| {
            let target = head.part(&head.target);
            [b"http://", host, target].concat()
        });
        let asking = only(head, "referer").map(<[u8]>::to_vec);
        [own, asking]
            .into_iter()
            .flatten()
            .filter_map(|url| Self::new(head, client, url))
            .collect()
    }

    fn new(head: &Head, client: IpAddr, url: Vec<u8>) -> Option<Self> {
        Some(Self {
            client,
            agent: only(head, "user-agent")?.to_vec(),
            url,
        })
    }
}

fn only<'a>(head: &'a Head, name: &'a str) -> Option<&'a [u8]> {
    head.all(name).next().map(|field| head.value(field))
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use rstest::rstest;

    use super::Page;
    use crate::gateway::http::head::{Head, parse};

    const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const EVENTS: &str = "GET /events|Referer: http://h/chat|Accept: text/event-stream";

    /// A request of `|` between its lines, by a browser.
    fn head(text: &str) -> Head {
        let text = text.replacen('|', " HTTP/1.1\r\nHost: h\r\nUser-Agent: B\r\n", 1);
        parse(format!("{}\r\n\r\n", text.replace('|', "\r\n")).into_bytes()).unwrap()
    }

    #[rstest]
    #[case::link("GET /|Sec-Fetch-Dest: document|Referer: http://h/chat", true)]
    #[case::form("POST /|Sec-Fetch-Dest: document|Referer: http://h/chat", true)]
    #[case::without_fetch_metadata("GET /|Accept: text/html,*/*|Referer: http://h/chat", true)]
    #[case::typed("GET /|Sec-Fetch-Dest: document", false)]
    #[case::from_another_page("GET /|Sec-Fetch-Dest: document|Referer: http://h/", false)]
    #[case::image("GET /|Sec-Fetch-Dest: image|Referer: http://h/chat", false)]
    #[case::script("GET /|Accept: */*|Referer: http://h/chat", false)]
    #[case::prefetched(
        "GET /|Sec-Fetch-Dest: document|Sec-Purpose: prefetch|Referer: http://h/chat",
        false
    )]
    fn a_page_is_left_by_what_it_leads_to(#[case] next: &str, #[case] leaves: bool) {
        let left = Page::left_by(&head(next), CLIENT);
        let served = Page::served_by(&head(EVENTS), CLIENT);
        assert_eq!(left.is_some_and(|page| served.contains(&page)), leaves);
    }

    #[rstest]
    #[case::what_it_loads(EVENTS, true)]
    #[case::itself("GET /chat|Accept: text/html", true)]
    #[case::what_may_change_something("POST /chat|Referer: http://h/chat", false)]
    #[case::another_page("GET /other|Referer: http://h/other", false)]
    fn an_answer_is_for_the_page_that_asked(#[case] asked: &str, #[case] is_for_it: bool) {
        let next = head("GET /|Sec-Fetch-Dest: document|Referer: http://h/chat");
        let left = Page::left_by(&next, CLIENT).unwrap();
        let served = Page::served_by(&head(asked), CLIENT);
        assert_eq!(served.contains(&left), is_for_it);
    }

    #[test]
    fn another_browser_leaves_nothing() {
        let next = "GET /|Sec-Fetch-Dest: document|Referer: http://h/chat";
        let served = Page::served_by(&head(EVENTS), CLIENT);
        let elsewhere = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
        let mut other = head(next);
        let agent = other.headers[1].value.clone();
        other.bytes[agent].copy_from_slice(b"C");
        for left in [
            Page::left_by(&head(next), elsewhere),
            Page::left_by(&other, CLIENT),
        ] {
            assert!(!served.contains(&left.unwrap()));
        }
    }
}
