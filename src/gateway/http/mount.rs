//! The part of the path that an application is mounted at: its pages stand below it (PEP 3333,
//! "environ Variables": `SCRIPT_NAME`).

use std::fmt;
use std::str::FromStr;

/// A path such as `/shop`, or the root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mount(String);

/// Why an application cannot be mounted at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MountError {
    #[error("a path to mount the application at begins with a slash, as in /shop")]
    NoSlash,
    #[error("a path to mount the application at ends without a slash, as in /shop")]
    EndsWithSlash,
    #[error("letters, digits and - . _ ~ / are what a path to mount the application at can have")]
    Characters,
}

impl FromStr for Mount {
    type Err = MountError;

    fn from_str(path: &str) -> Result<Self, MountError> {
        // No other characters need to be encoded, so a request has them as they are typed here.
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        if !path.starts_with('/') || path.starts_with("//") {
            return Err(MountError::NoSlash);
        }
        if path.ends_with('/') {
            return Err(MountError::EndsWithSlash);
        }
        if !path.bytes().all(is_plain) {
            return Err(MountError::Characters);
        }
        Ok(Self(path.to_owned()))
    }
}

impl Mount {
    /// The path, which is empty for the root: what `SCRIPT_NAME` is to say.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a path, as it was sent, belongs to the application.
    pub fn has(&self, path: &[u8]) -> bool {
        let below = path.strip_prefix(self.0.as_bytes());
        below.is_some_and(|rest| self.0.is_empty() || matches!(rest.first(), None | Some(b'/')))
    }
}

impl fmt::Display for Mount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Mount, MountError};

    #[rstest]
    #[case("/shop", Ok("/shop"))]
    #[case("/a/b-c", Ok("/a/b-c"))]
    #[case("shop", Err(MountError::NoSlash))]
    #[case("", Err(MountError::NoSlash))]
    #[case("//shop", Err(MountError::NoSlash))]
    #[case("/", Err(MountError::EndsWithSlash))]
    #[case("/shop/", Err(MountError::EndsWithSlash))]
    #[case("/sh%6fp", Err(MountError::Characters))]
    #[case("/shop?a", Err(MountError::Characters))]
    fn a_mount_is_a_plain_path(#[case] path: &str, #[case] expected: Result<&str, MountError>) {
        let mount = path.parse::<Mount>();
        assert_eq!(
            mount.as_ref().map(Mount::as_str),
            expected.as_ref().copied()
        );
    }

    #[rstest]
    #[case("/shop", true)]
    #[case("/shop/", true)]
    #[case("/shop/tea", true)]
    #[case("/shopping", false)]
    #[case("/", false)]
    #[case("*", false)]
    fn only_what_is_below_belongs_to_it(#[case] path: &str, #[case] expected: bool) {
        let mount: Mount = "/shop".parse().unwrap();
        assert_eq!(mount.has(path.as_bytes()), expected);
        assert!(Mount::default().has(path.as_bytes()));
    }
}
