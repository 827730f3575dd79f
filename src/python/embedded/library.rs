//! The standard library of the embedded Python: what it lacks, what it does otherwise, and what is
//! mended here. `docs/embedded-python.md` says the same for people; a test tries every module and
//! compares the three.

use crate::exchange::Lack;

/// A part of the standard library the embedded Python lacks. Another Python may have it.
pub const NOT_EMBEDDED: [(&str, &str); 12] = [
    // What the failing import names, and the module that was asked for.
    ("_sqlite3", "sqlite3"),
    ("_ssl", "ssl"),
    ("_tkinter", "tkinter"),
    ("cProfile", "cProfile"),
    ("curses", "curses"),
    ("idlelib", "idlelib"),
    ("profile", "profile"),
    ("pstats", "pstats"),
    ("readline", "readline"),
    ("tracemalloc", "tracemalloc"),
    ("turtle", "turtle"),
    ("turtledemo", "turtledemo"),
];

/// Whether the embedded Python lacks a module of the standard library, which another Python may
/// have.
pub fn is_not_embedded(module: &str) -> bool {
    NOT_EMBEDDED.iter().any(|(_, name)| *name == module)
}

/// Modules that have left Python, and the version that has them no longer.
pub const LEFT_PYTHON: [(&str, &str); 25] = [
    ("aifc", "3.13"),
    ("asynchat", "3.12"),
    ("asyncore", "3.12"),
    ("audioop", "3.13"),
    ("cgi", "3.13"),
    ("cgitb", "3.13"),
    ("chunk", "3.13"),
    ("crypt", "3.13"),
    ("distutils", "3.12"),
    ("imghdr", "3.13"),
    ("imp", "3.12"),
    ("lib2to3", "3.13"),
    ("mailcap", "3.13"),
    ("msilib", "3.13"),
    ("nis", "3.13"),
    ("nntplib", "3.13"),
    ("ossaudiodev", "3.13"),
    ("pipes", "3.13"),
    ("smtpd", "3.12"),
    ("sndhdr", "3.13"),
    ("spwd", "3.13"),
    ("sunau", "3.13"),
    ("telnetlib", "3.13"),
    ("uu", "3.13"),
    ("xdrlib", "3.13"),
];

/// Modules that do something otherwise than CPython's, and what.
pub const DIFFERENT: [(&str, &str); 8] = [
    (
        "builtins",
        "round() sees the digits that are shown: round(2.675, 2) is 2.68, not 2.67",
    ),
    (
        "encodings",
        "no codecs for Chinese, Japanese and Korean text, such as gbk, shift_jis and euc_kr",
    ),
    ("ensurepip", "no copy of pip to install"),
    (
        "hashlib",
        "no scrypt(), and no key, salt or tree for blake2b() and blake2s()",
    ),
    (
        "inspect",
        "getsource() finds the source of your own code, and none of the standard library's",
    ),
    (
        "pyexpat",
        "no defaults for attributes from a DTD, and no parameter entities of it",
    ),
    (
        "re",
        "\\d matches the ASCII digits only, also in str patterns",
    ),
    (
        "sys",
        "executable is wsgi-tutor, which cannot run a program of Python",
    ),
];

/// Modules of which a part is the tutor's own, and why.
pub const MENDED: [(&str, &str); 4] = [
    (
        "json",
        "strings are written by Python code, because the built-in escapes control characters wrongly",
    ),
    (
        "pyexpat",
        "the whole module, because the built-in one loses attributes, chunks and errors",
    ),
    (
        "syslog",
        "LOG_MASK(), because the built-in one gives other numbers",
    ),
    (
        "zoneinfo",
        "it looks for zones where CPython does: /usr/share/zoneinfo and its like",
    ),
];

/// Codecs that come with CPython, and not with the embedded Python.
const CODECS: [&str; 24] = [
    "big5",
    "big5hkscs",
    "cp932",
    "cp949",
    "cp950",
    "euc_jis_2004",
    "euc_jisx0213",
    "euc_jp",
    "euc_kr",
    "gb18030",
    "gb2312",
    "gbk",
    "hz",
    "iso2022_jp",
    "iso2022_jp_1",
    "iso2022_jp_2",
    "iso2022_jp_2004",
    "iso2022_jp_3",
    "iso2022_jp_ext",
    "iso2022_kr",
    "johab",
    "shift_jis",
    "shift_jis_2004",
    "shift_jisx0213",
];

/// How an explanation begins that names what the embedded Python lacks.
pub const LACKS: &str = "the embedded Python has ";

/// The first name of the module that an exception with this message did not find.
pub fn missing_module(message: &str) -> Option<&str> {
    let name = message.strip_prefix("No module named '")?;
    name.split(['.', '\'']).next()
}

/// Why an exception comes of what the embedded Python is.
#[derive(Debug, PartialEq, Eq)]
pub struct Why {
    /// What to add to its message.
    pub words: String,
    /// What another Python may have.
    pub lacks: Option<Lack>,
}

/// Why an exception of this type was raised, if it comes of what the embedded Python is. `is_own`
/// says whether a module is the project's own.
pub fn explain(kind: &str, message: &str, is_own: &dyn Fn(&str) -> bool) -> Option<Why> {
    match kind {
        "ModuleNotFoundError" => {
            let module = missing_module(message)?;
            (!is_own(module)).then(|| missing(module))
        }
        "LookupError" => {
            let name = message.strip_prefix("unknown encoding: ")?;
            let plain = name.to_ascii_lowercase().replace(['-', ' '], "_");
            CODECS
                .contains(&plain.as_str())
                .then(|| lacks("codec for it", name))
        }
        "AttributeError" if message == "module 'hashlib' has no attribute 'scrypt'" => {
            Some(lacks("hashlib.scrypt", "hashlib.scrypt"))
        }
        _ => None,
    }
}

/// Why a module is not there.
fn missing(first: &str) -> Why {
    if let Some((_, version)) = LEFT_PYTHON.iter().find(|(module, _)| *module == first) {
        return Why {
            words: format!("it was removed in Python {version}"),
            lacks: None,
        };
    }
    match NOT_EMBEDDED.iter().find(|(module, _)| *module == first) {
        Some((_, module)) => lacks(module, module),
        None => Why {
            words: format!(
                "{LACKS}only its standard library, so name one that has more: --python PATH"
            ),
            lacks: Some(Lack::Package(first.to_owned())),
        },
    }
}

fn lacks(what: &str, name: &str) -> Why {
    Why {
        words: format!("{LACKS}no {what}, so name one that has it: --python PATH"),
        lacks: Some(Lack::Library(name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Lack, Why, explain};

    fn library(name: &str) -> Lack {
        Lack::Library(name.to_owned())
    }

    #[rstest]
    #[case::absent(
        "ModuleNotFoundError",
        "No module named '_sqlite3'",
        "the embedded Python has no sqlite3, so name one that has it: --python PATH",
        Some(library("sqlite3"))
    )]
    #[case::gone(
        "ModuleNotFoundError",
        "No module named 'distutils.core'",
        "it was removed in Python 3.12",
        None
    )]
    #[case::elsewhere(
        "ModuleNotFoundError",
        "No module named 'flask.views'",
        "the embedded Python has only its standard library, so name one that has more: --python PATH",
        Some(Lack::Package("flask".to_owned()))
    )]
    #[case::codec(
        "LookupError",
        "unknown encoding: Shift-JIS",
        "the embedded Python has no codec for it, so name one that has it: --python PATH",
        Some(library("Shift-JIS"))
    )]
    fn what_comes_of_the_embedded_python_is_explained(
        #[case] kind: &str,
        #[case] message: &str,
        #[case] words: &str,
        #[case] lacks: Option<Lack>,
    ) {
        let words = words.to_owned();
        let expected = Some(Why { words, lacks });
        assert_eq!(explain(kind, message, &|_| false), expected);
    }

    #[rstest]
    #[case::the_projects_own("ModuleNotFoundError", "No module named 'shop.cart'")]
    #[case::said_by_the_worker("ModuleNotFoundError", "there is no module 'x'")]
    #[case::misspelt_codec("LookupError", "unknown encoding: utf-88")]
    #[case::another_error("KeyError", "No module named 'flask'")]
    fn what_does_not_come_of_it_is_left_alone(#[case] kind: &str, #[case] message: &str) {
        assert_eq!(explain(kind, message, &|module| module == "shop"), None);
    }
}
