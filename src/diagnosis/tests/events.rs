//! The events that a run of an application would record.

use crate::exchange::{
    Blame, BlockSource, By, Call, Event, EventKind, Excerpt, Exchange, Raised, RaisedIn,
    RequestRead, RuleBroken, StartResponse, Step,
};

pub const FILE: &str = "/home/ada/app.py";

pub fn place(line: u32) -> Blame {
    Blame {
        file: FILE.into(),
        line,
    }
}

pub fn by(line: u32) -> By {
    By {
        blame: Some(place(line)),
        calls: vec![Call {
            place: place(line),
            bytes: None,
        }],
    }
}

pub fn line(line: u32) -> EventKind {
    EventKind::Line(Step {
        place: place(line),
        function: "application".into(),
        call: 1,
        depth: 1,
        locals: Vec::new(),
    })
}

pub fn request(method: &str, target: &str) -> EventKind {
    EventKind::RequestRead(
        RequestRead {
            method: method.into(),
            target: target.into(),
            version: "HTTP/1.1".into(),
            headers: Vec::new(),
            body: Excerpt::default(),
        }
        .into(),
    )
}

pub fn called() -> EventKind {
    EventKind::AppCalled {
        callable: "function application".into(),
    }
}

pub fn returned(r#type: &str) -> EventKind {
    EventKind::Returned {
        r#type: r#type.into(),
        length: None,
        name: None,
    }
}

pub fn broken(rule: &str, at: Option<u32>, subject: Option<&str>) -> EventKind {
    EventKind::RuleBroken(
        RuleBroken {
            rule: rule.into(),
            message: format!("{rule}!"),
            subject: subject.map(Into::into),
            by: at.map(by).unwrap_or_default(),
        }
        .into(),
    )
}

pub fn raised(r#type: &str, message: &str, at: Option<u32>, rule: Option<&str>) -> Raised {
    Raised {
        r#in: RaisedIn::Call,
        r#type: r#type.into(),
        message: message.into(),
        traceback: String::new(),
        blame: at.map(place),
        calls: at.map(by).unwrap_or_default().calls,
        rule: rule.map(Into::into),
        missing: None,
        lacks: None,
        limit: None,
    }
}

pub fn started(headers: &[(&str, &str)]) -> EventKind {
    started_by("200 OK", headers, by(2))
}

pub fn started_by(status: &str, headers: &[(&str, &str)], by: By) -> EventKind {
    let headers = headers.iter();
    EventKind::StartResponse(
        StartResponse {
            status: status.into(),
            headers: headers
                .map(|&(name, value)| (name.into(), value.into()))
                .collect(),
            exc_info: false,
            mounted: None,
            library: None,
            by,
        }
        .into(),
    )
}

pub fn block(bytes: &[u8]) -> EventKind {
    EventKind::Block {
        source: BlockSource::Iterable,
        bytes: Excerpt::new(bytes, 99),
        sent: bytes.len() as u64,
    }
}

pub fn exchange(kinds: impl IntoIterator<Item = EventKind>) -> Exchange {
    let mut exchange = Exchange::new(1);
    for kind in kinds {
        exchange.record(Event { at_us: 0, kind });
    }
    exchange.record(Event {
        at_us: 0,
        kind: EventKind::Finished,
    });
    exchange
}

/// An exchange in which every line of a source ran, that was answered with a page.
pub fn exchange_of_lines(source: &str) -> Exchange {
    let lines = (1..).zip(source.lines()).map(|(number, _)| line(number));
    let mut kinds = vec![request("GET", "/x?name=%3Cb%3E"), called()];
    kinds.extend(lines.take(3000));
    kinds.extend([
        started(&[("Content-Type", "text/html; charset=utf-8")]),
        returned("list"),
        EventKind::HeadersSent {
            status: "200 OK".into(),
            headers: vec![("Content-Type".into(), "text/html".into())],
        },
        block(b"<p><b> b'x'"),
    ]);
    exchange(kinds)
}
