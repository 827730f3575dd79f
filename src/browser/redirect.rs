//! What a browser does with an answer that sends it to another page (RFC 9110, section 15.4).

use super::Request;
use super::address::Origin;
use super::error::RedirectError;
use crate::exchange::{Moment, header};

/// Whether an answer names another page.
pub fn is_redirect(moment: &Moment) -> bool {
    location(moment).is_some()
}

/// The request that a redirect asks for: a GET after a form, and the same method again where the
/// status says so and there is no body.
///
/// # Errors
/// When it leads to another server, or asks for a body once more.
pub fn follow(moment: &Moment, origin: &Origin) -> Result<Request, RedirectError> {
    let (code, location) = location(moment).ok_or(RedirectError::NoRedirect)?;
    let path = origin.resolve(location);
    let path = path.ok_or_else(|| RedirectError::Elsewhere(location.to_owned()))?;
    let asked = moment.request.as_deref();
    let method = asked.map_or("GET", |request| request.method.as_str());
    let is_kept = matches!(code, "307" | "308") || matches!(method, "GET" | "HEAD");
    if is_kept && asked.is_some_and(|request| request.body.length > 0) {
        return Err(RedirectError::BodyAgain {
            code: code.to_owned(),
            method: method.to_owned(),
        });
    }
    Ok(Request {
        method: if is_kept { method } else { "GET" }.to_owned(),
        path,
        ..Request::default()
    })
}

/// The status code of a redirect, and what its Location says.
fn location(moment: &Moment) -> Option<(&str, &str)> {
    let code = moment.status()?.get(..3)?;
    let given = moment.started.as_ref().map(|started| &started.headers);
    let headers = moment.sent.as_ref().map(|(_, headers)| headers).or(given)?;
    let location = header(headers, "Location")?;
    matches!(code, "301" | "302" | "303" | "307" | "308").then_some((code, location))
}

/// The server at `url`, such as `http://127.0.0.1:8080`, by all the names that an answer of this
/// exchange may call it.
pub fn origin(moment: &Moment, url: &str) -> Origin {
    let request = moment.request.as_ref();
    let target = request.map_or("/", |request| &request.target);
    let server = url.trim_start_matches("http://").trim_end_matches('/');
    let mut hosts = vec![server.to_owned()];
    // The same server by its other name, and by the one the client used.
    if let Some(port) = server.strip_prefix("127.0.0.1:") {
        hosts.push(format!("localhost:{port}"));
    }
    let named = request.into_iter().flat_map(|request| &request.headers);
    hosts.extend(
        named
            .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
            .map(|(_, value)| value.clone()),
    );
    Origin::new(target, &hosts)
}
