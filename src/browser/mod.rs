//! The tutor's own client. It is a client like any other: it connects to the server's address and
//! speaks HTTP, and what comes of it is seen in the record.

use std::time::Duration;

/// Longer than the application may take, so that the server's own answer comes first.
const PATIENCE: Duration = Duration::from_mins(1);

const USER_AGENT: &str = concat!("wsgi-tutor/", env!("CARGO_PKG_VERSION"));

/// A request to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    /// Path and query, beginning with `/`.
    pub path: String,
    /// The fields of a form, sent as the body.
    pub form: Option<Vec<(String, String)>>,
}

/// The body a browser sends for a form (`application/x-www-form-urlencoded`).
///
/// # Errors
/// When the fields cannot be encoded.
pub fn encode_form(fields: &[(String, String)]) -> anyhow::Result<String> {
    Ok(serde_urlencoded::to_string(fields)?)
}

/// Sends a request to the server at `address` (`http://host:port`) and waits for the answer's end.
///
/// # Errors
/// When there was no answer.
pub fn send(address: &str, request: &Request) -> anyhow::Result<()> {
    let method = match request.method.as_str() {
        "GET" => minreq::Method::Get,
        "POST" => minreq::Method::Post,
        "HEAD" => minreq::Method::Head,
        other => minreq::Method::Custom(other.to_owned()),
    };
    let mut outgoing = minreq::Request::new(method, format!("{address}{}", request.path))
        .with_header("User-Agent", USER_AGENT)
        .with_header("Accept", "*/*")
        .with_follow_redirects(false)
        .with_timeout(PATIENCE.as_secs());
    if let Some(fields) = &request.form {
        outgoing = outgoing
            .with_header("Content-Type", "application/x-www-form-urlencoded")
            .with_body(encode_form(fields)?);
    }
    // A whole body is read and thrown away: what it was stands in the record.
    for byte in outgoing.send_lazy()? {
        byte?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::encode_form;

    #[test]
    fn forms_are_encoded_as_browsers_do() {
        let fields = [("name".to_owned(), "Zoë & <b> 李".to_owned())];
        assert_eq!(
            encode_form(&fields).unwrap(),
            "name=Zo%C3%AB+%26+%3Cb%3E+%E6%9D%8E"
        );
    }
}
