//! Requests as they are typed: a method, a path, and the fields of a form. Pure.

use crate::browser::{Request, encode_form, typed_target};
use crate::exchange::visible;
use crate::lesson::{Lesson, Suggestion};

/// Why what was typed is no request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    #[error("A quotation mark has no partner.")]
    Quotes,
    #[error(
        "'{0}' is no method, no path and no field. Type for example 'send GET /tea' or 'send POST / name=Ada'."
    )]
    Word(String),
    #[error("'{0}' is the address of another server; a path begins with one slash, as in /tea.")]
    Elsewhere(String),
    #[error("The fields cannot be encoded.")]
    Unencodable,
    #[error("This lesson has no form. 'send POST / name=value' sends one all the same.")]
    NoForm,
    #[error(
        "'{word}' is no field of the form. Its fields are: {fields}. Type for example 'form {example}'."
    )]
    Field {
        word: String,
        fields: String,
        example: String,
    },
}

/// The request that was typed. What is not said is as in the suggestion.
///
/// # Errors
/// When it cannot be understood.
pub fn typed(words: &str, suggestion: &Suggestion) -> Result<Request, RequestError> {
    let words = shell_words::split(words).map_err(|_| RequestError::Quotes)?;
    let mut words = words.into_iter().peekable();
    let is_method = |word: &String| word.chars().all(|it| it.is_ascii_alphabetic());
    let method = words.next_if(is_method).map(|it| it.to_ascii_uppercase());
    let path = match words.next_if(|word| word.starts_with('/')) {
        Some(word) => typed_target(&word).ok_or(RequestError::Elsewhere(visible(&word)))?,
        None => suggestion.path.clone(),
    };
    let fields = words.map(|word| match word.split_once('=') {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err(RequestError::Word(visible(&word))),
    });
    let fields = fields.collect::<Result<Vec<_>, _>>()?;
    if fields.is_empty() {
        return Ok(Request {
            method: method.unwrap_or_else(|| suggestion.method.clone()),
            path,
            ..Request::default()
        });
    }
    let method = method.unwrap_or_else(|| "POST".to_owned());
    if method != "GET" && method != "HEAD" {
        return Ok(Request {
            method,
            path,
            form: Some(fields),
            ..Request::default()
        });
    }
    // As a browser sends a form with GET.
    let query = encode_form(&fields).map_err(|_| RequestError::Unencodable)?;
    let before = if path.contains('?') { '&' } else { '?' };
    Ok(Request {
        method,
        path: format!("{path}{before}{query}"),
        ..Request::default()
    })
}

/// The lesson's form with these fields; the others have the values that the lesson suggests.
///
/// # Errors
/// When the lesson has no form, or not this field.
pub fn form(words: &str, lesson: &Lesson) -> Result<Request, RequestError> {
    let first = lesson.form.first().ok_or(RequestError::NoForm)?;
    let words = shell_words::split(words).map_err(|_| RequestError::Quotes)?;
    let fields = lesson.form.iter();
    let mut form: Vec<_> = fields
        .map(|field| (field.name.clone(), field.value.clone()))
        .collect();
    for word in words {
        let pair = word.split_once('=');
        let field = pair.and_then(|(name, value)| {
            let field = form.iter_mut().find(|(known, _)| known == name);
            Some((field?, value))
        });
        let Some((field, value)) = field else {
            let names: Vec<String> = lesson.form.iter().map(|it| visible(&it.name)).collect();
            return Err(RequestError::Field {
                word: visible(&word),
                fields: names.join(", "),
                example: format!("{}={}", visible(&first.name), visible(&first.value)),
            });
        };
        value.clone_into(&mut field.1);
    }
    Ok(Request {
        method: "POST".to_owned(),
        path: lesson.suggestion.path.clone(),
        form: Some(form),
        ..Request::default()
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{form, typed};
    use crate::lesson::{Catalogue, Suggestion};

    #[rstest]
    #[case("", "GET /start")]
    #[case("/tea?milk=yes", "GET /tea?milk=yes")]
    #[case("/café", "GET /caf%C3%A9")]
    #[case("post", "POST /start")]
    #[case("HEAD /", "HEAD /")]
    #[case("POST / name=Ada", "POST / name=Ada")]
    #[case("name='Ada L' name=", "POST /start name=Ada+L&name=")]
    #[case("/x a=1=2", "POST /x a=1%3D2")]
    #[case("GET /x?a=1 b=é", "GET /x?a=1&b=%C3%A9")]
    fn a_request_is_typed(#[case] words: &str, #[case] expected: &str) {
        let suggestion = Suggestion {
            method: "GET".to_owned(),
            path: "/start".to_owned(),
        };
        let request = typed(words, &suggestion).unwrap();
        let form = request.form.as_deref().map(crate::browser::encode_form);
        let form = form.map_or(String::new(), |form| format!(" {}", form.unwrap()));
        assert_eq!(
            format!("{} {}{form}", request.method, request.path),
            expected
        );
    }

    #[rstest]
    #[case("'", "A quotation mark has no partner.")]
    #[case("GET tea", "'tea' is no method, no path and no field.")]
    #[case("//example.org/", "'//example.org/' is the address of another server")]
    fn what_is_no_request_is_answered(#[case] words: &str, #[case] expected: &str) {
        let suggestion = Suggestion {
            method: "GET".to_owned(),
            path: "/".to_owned(),
        };
        let answer = typed(words, &suggestion).unwrap_err().to_string();
        assert!(answer.starts_with(expected), "{answer}");
    }

    #[test]
    fn a_lessons_form_is_filled_in() {
        let lessons = Catalogue::embedded().unwrap().lessons;
        let fields = |words| form(words, &lessons[1]).map(|it| it.form.unwrap());
        let name = |value: &str| vec![("name".to_owned(), value.to_owned())];
        assert_eq!(fields("").unwrap(), name("Ada"));
        assert_eq!(fields("name='Zoë & Bo'").unwrap(), name("Zoë & Bo"));
        assert_eq!(
            fields("nmae=Zoë").unwrap_err().to_string(),
            "'nmae=Zoë' is no field of the form. Its fields are: name. Type for example 'form name=Ada'."
        );
        assert!(form("", &lessons[0]).is_err());
    }
}
