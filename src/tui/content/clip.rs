//! What can be copied: the parts of an exchange, as text for the clipboard.

use crate::browser::{self, CurlError};
use crate::exchange::{Exchange, header};
use crate::tui::state::Model;

/// Where a server would be when nothing says where it was.
const DEFAULT_URL: &str = "http://127.0.0.1:8080";

/// Something to copy, and what it is.
pub struct Clip {
    pub what: String,
    pub bytes: Vec<u8>,
    /// Whether a part of it is of any use.
    pub divisible: bool,
}

impl Clip {
    pub fn text(what: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self {
            what: what.into(),
            bytes: text.into(),
            divisible: true,
        }
    }
}

/// Whether the request that is shown can be a command.
pub fn can_curl(model: &Model) -> bool {
    let now = model.exchange().map(Exchange::now);
    now.is_some_and(|now| now.request.is_some() && now.refused.is_none())
}

/// The request that is shown as a command of curl; or why it cannot be one.
pub fn curl(model: &Model) -> Option<Result<Clip, CurlError>> {
    let exchange = model.exchange()?;
    let request = exchange.now().request.as_ref()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    let url = match (&model.server.url, header(&request.headers, "Host")) {
        (Some(url), _) => url.clone(),
        (None, Some(host)) if !host.is_empty() && host.bytes().all(plain) => {
            format!("http://{host}")
        }
        (None, _) => DEFAULT_URL.to_owned(),
    };
    let chunked = if header(&request.headers, "Transfer-Encoding").is_some() {
        ", which sends its body in chunks of curl's own"
    } else {
        ""
    };
    let what = format!("request #{} as a curl command{chunked}", exchange.id);
    let command = browser::curl(&url, request);
    Some(command.map(|command| Clip {
        what,
        bytes: command.into_bytes(),
        divisible: false,
    }))
}
