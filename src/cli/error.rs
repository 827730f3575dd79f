//! Why an option cannot be obeyed.

/// What is wrong with an option, or with its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionError {
    #[error(
        "{option} is only for checking an app, as in 'wsgi-tutor check app.py {option} {example}'"
    )]
    OnlyForApps {
        option: &'static str,
        example: &'static str,
    },
    #[error("a path begins with one '/', as in /shop")]
    Path,
    #[error("it is a number from 1 to {most}")]
    Seconds { most: u64 },
}
