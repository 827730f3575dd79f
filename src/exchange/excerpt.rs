//! Bytes of which only the first part may have been kept.

use base64::Engine as _;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// The beginning of some bytes, and how many there were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The bytes that were kept, from the beginning.
    pub kept: Vec<u8>,
    /// How many bytes there were in truth.
    pub length: u64,
}

impl Excerpt {
    /// Keeps at most `room` bytes of `bytes`.
    #[must_use]
    pub fn new(bytes: &[u8], room: usize) -> Self {
        Self {
            kept: bytes[..bytes.len().min(room)].to_vec(),
            length: bytes.len() as u64,
        }
    }

    /// Appends another excerpt; after a gap nothing more is kept, so that `kept` stays a beginning.
    pub fn append(&mut self, other: &Self) {
        if self.is_whole() {
            self.kept.extend_from_slice(&other.kept);
        }
        self.length += other.length;
    }

    /// Whether every byte was kept.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.kept.len() as u64 == self.length
    }
}

/// `{"length": n, "text": …}` for UTF-8, else `{"length": n, "base64": …}`.
impl Serialize for Excerpt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("length", &self.length)?;
        match std::str::from_utf8(&self.kept) {
            Ok(text) => map.serialize_entry("text", text)?,
            Err(_) => map.serialize_entry(
                "base64",
                &base64::engine::general_purpose::STANDARD.encode(&self.kept),
            )?,
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::Excerpt;

    #[test]
    fn keeps_a_beginning_and_the_true_length() {
        let mut whole = Excerpt::default();
        whole.append(&Excerpt::new(b"abc", 10));
        whole.append(&Excerpt::new(b"defgh", 2));
        whole.append(&Excerpt::new(b"ijk", 10));
        assert_eq!(whole.kept, b"abcde");
        assert_eq!(whole.length, 11);
        assert!(!whole.is_whole());
    }

    #[test]
    fn json_has_text_or_base64() {
        let text = serde_json::to_string(&Excerpt::new("Zoë".as_bytes(), 9)).unwrap();
        assert_eq!(text, r#"{"length":4,"text":"Zoë"}"#);
        let binary = serde_json::to_string(&Excerpt::new(b"\xff\x00", 9)).unwrap();
        assert_eq!(binary, r#"{"length":2,"base64":"/wA="}"#);
    }
}
