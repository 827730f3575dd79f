//! Why a check or a question as a lesson writes it cannot be used, or has no answer.

/// An error in a lesson's check, request or expectation, in words for the person who writes it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    #[error("a brace has no partner in '{0}'; a brace itself is written {{{{ or }}}}")]
    UnmatchedBrace(String),
    #[error("'with' names no '{name}', and '{{{placeholder}}}' asks for it")]
    UnknownValue { name: String, placeholder: String },
    #[error("'{{{placeholder}}}': a value can be html, upper or bytes, not '{form}'")]
    UnknownForm { placeholder: String, form: String },
    #[error("a path begins with '/', and '{0}' does not")]
    PathWithoutSlash(String),
    #[error("'{0}' has characters that no browser would send like this; write them as %XX")]
    UnencodedPath(String),
    #[error("there is a control character in '{0}'")]
    ControlCharacter(String),
    #[error("'{0}' is not ASCII; write each other byte as \\xff, in single quotes")]
    NotAscii(String),
    #[error("'{0}' has a backslash that means nothing; \\xff, \\r, \\n, \\t and \\\\ do")]
    UnknownEscape(String),
    #[error("a request has one body: 'form' or 'body'")]
    TwoBodies,
    #[error("'raw' is the whole request, so nothing else stands beside it")]
    BesideRaw,
    #[error("'raw' is for what the tutor sends")]
    RawForLearner,
    #[error("'with' and 'wrong' are for what the tutor sends")]
    ValuesForLearner,
    #[error("beside 'check.try', 'expect' and 'wrong' belong to a try")]
    OutsideOfTry,
    #[error("a check has one of 'send', 'you' and 'check.try'")]
    NoSender,
    #[error("'says' is empty")]
    NoTask,
    #[error("nothing is expected here, so it could not fail; write 'expect'")]
    NothingExpected,
    #[error("a question has two to four answers")]
    AnswerCount,
}

/// Why a request of the tutor's has no finished exchange.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// The reason, as the session gives it.
    #[error("{0}")]
    Failed(String),
    #[error("there was no answer")]
    Nothing,
}
