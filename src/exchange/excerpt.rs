//! Bytes of which only the first part may have been kept.

use base64::Engine as _;
use serde::de::Error as _;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
        // A recording may say anything.
        self.length = self.length.saturating_add(other.length);
    }

    /// Whether every byte was kept.
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

/// The same way back. A length that is less than what is there is a lie.
impl<'de> Deserialize<'de> for Excerpt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written {
            length: u64,
            text: Option<String>,
            base64: Option<String>,
        }
        let Written {
            length,
            text,
            base64,
        } = Written::deserialize(deserializer)?;
        let kept = match (text, base64) {
            (Some(text), None) => text.into_bytes(),
            (None, Some(coded)) => base64::engine::general_purpose::STANDARD
                .decode(coded)
                .map_err(|error| D::Error::custom(format!("base64: {error}")))?,
            _ => return Err(D::Error::custom("bytes need one of text and base64")),
        };
        if length < kept.len() as u64 {
            return Err(D::Error::custom(format!(
                "a length of {length} for {} bytes",
                kept.len()
            )));
        }
        Ok(Self { kept, length })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

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

    #[rstest]
    #[case(r#"{"length":9,"text":"Zoë"}"#, Ok("Zoë".as_bytes()))]
    #[case(r#"{"length":2,"base64":"/wA="}"#, Ok(&b"\xff\x00"[..]))]
    #[case(r#"{"length":1,"text":"two"}"#, Err("a length of 1 for 3 bytes"))]
    #[case(r#"{"length":1,"base64":"?"}"#, Err("base64: "))]
    #[case(r#"{"length":1}"#, Err("bytes need one of text and base64"))]
    fn json_is_read_again(#[case] json: &str, #[case] expected: Result<&[u8], &str>) {
        match (serde_json::from_str::<Excerpt>(json), expected) {
            (Ok(read), Ok(kept)) => assert_eq!(read.kept, kept),
            (Err(error), Err(message)) => assert!(error.to_string().starts_with(message)),
            other => panic!("{other:?}"),
        }
    }
}
