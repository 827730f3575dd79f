//! Why a page cannot be shown, or a request cannot be sent.

/// Why HTML cannot be shown as a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    #[error("its elements are nested more than {0} deep")]
    TooDeep(usize),
    #[error("it has more than {0} elements and texts")]
    TooLarge(usize),
    #[error("reading its HTML takes too long")]
    SlowParsing,
    #[error("laying it out takes too long")]
    SlowLayout,
    #[error("its HTML cannot be laid out")]
    LayoutPanicked,
    #[error("{0}")]
    Layout(String),
    #[error("{0}")]
    NoThread(String),
}

/// Why the tutor's client cannot send a form.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    #[error("this form is sent as multipart/form-data, which needs a browser: press o")]
    Multipart,
    #[error("this form is sent elsewhere, to {0}")]
    Elsewhere(String),
    #[error(transparent)]
    Encoding(#[from] serde_urlencoded::ser::Error),
}

/// Why a redirect cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedirectError {
    #[error("this answer is no redirect")]
    NoRedirect,
    #[error("the redirect leads elsewhere, to {0}")]
    Elsewhere(String),
    #[error("{code} asks for the same {method} with its body once more: send that yourself")]
    BodyAgain { code: String, method: String },
}

/// Why a request of the record cannot be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResendError {
    #[error("it has not arrived completely")]
    Incomplete,
    #[error("only {kept} of its {length} bytes were kept")]
    NotKept { kept: usize, length: u64 },
    #[error("none of its bytes arrived")]
    Empty,
}

/// Why there is no curl command for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "no command can send this request: only {kept} of the {length} bytes of its body were kept"
)]
pub struct CurlError {
    pub kept: usize,
    pub length: u64,
}
