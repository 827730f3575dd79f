//! Text where bytes are wanted, and the other way round: files opened in the wrong mode, and
//! functions that take bytes only.

use ruff_python_ast::{Expr, ExprCall, Identifier};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::thrown::{Thrown, told};
use crate::diagnosis::Spot;
use crate::diagnosis::fix::encoded;
use crate::diagnosis::source::{Node, Tree, argument, call, literal, method, name};
use crate::diagnosis::{Edit, Mistake};

/// Functions that open a file, and the place of the mode among their arguments.
const OPENERS: &[(&str, usize)] = &[
    ("open", 1),
    ("fdopen", 1),
    ("TemporaryFile", 0),
    ("NamedTemporaryFile", 0),
    ("SpooledTemporaryFile", 1),
];

/// Functions that take bytes, and never text.
const TAKE_BYTES: &[&str] = &[
    "b64encode",
    "b64decode",
    "urlsafe_b64encode",
    "standard_b64encode",
    "b32encode",
    "b16encode",
    "b85encode",
    "hexlify",
    "new",
    "digest",
    "compress",
    "crc32",
    "adler32",
    "send",
    "sendall",
    "sendto",
    "md5",
    "sha1",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "sha3_256",
    "sha3_512",
    "blake2b",
    "blake2s",
    "update",
    "write",
    "BytesIO",
];

/// Kinds of content that are no text.
const BINARY: &[&str] = &[
    "image/",
    "audio/",
    "video/",
    "font/",
    "application/octet-stream",
    "application/pdf",
    "application/zip",
    "application/gzip",
];
/// Ends of the names of files that are no text.
const BINARY_NAMES: &[&str] = &[
    ".png", ".gif", ".jpg", ".jpeg", ".webp", ".ico", ".mp3", ".ogg", ".mp4", ".webm", ".woff",
    ".woff2", ".ttf", ".pdf", ".zip", ".gz", ".bin",
];

pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    text_mode(thrown).or_else(|| takes_bytes(thrown))
}

/// A file opened as text that holds bytes, or is given some.
fn text_mode(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let decodes = thrown.is(&["UnicodeDecodeError"]);
    let wants_str = [
        "must be str, not bytes",
        "Expected type 'str' but 'bytes' found",
    ];
    let writes = thrown.is(&["TypeError"]) && wants_str.iter().any(|it| thrown.says(it));
    if !decodes && !writes {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let opened = exprs.iter().find_map(|(_, expr)| {
        let (on, called, _) = method(expr)?;
        let wanted = if decodes {
            matches!(called, "read" | "readline" | "readlines" | "read_text")
        } else {
            matches!(called, "write" | "writelines")
        };
        let reads_whole = called == "read_text" && wanted;
        if reads_whole {
            return tree.node_of(expr).copied();
        }
        let mut origins = tree.origins_of(on).into_iter().filter(|_| wanted);
        let opened = origins.find(|it| is_opened_as_text(it))?;
        tree.node_of(opened).copied()
    })?;
    // Text in another encoding fails in the same way.
    if decodes && !is_binary(thrown, tree, &opened) {
        return None;
    }
    let how = if decodes {
        "holds bytes that are not text"
    } else {
        "is given bytes"
    };
    let message = format!(
        "the file is opened as text, and {how}: {}",
        told(thrown.raised)
    );
    let finding = thrown.finding_with(Mistake::FileTextMode, message, thrown.spot_of(&opened));
    Some(finding.with_edit(in_binary_mode(thrown, tree, &opened)))
}

/// The mode a call opens a file with: its literal, or nothing where it gives none.
fn mode_of(call: &ExprCall, place: usize) -> Option<&Expr> {
    let keyword = call.arguments.find_keyword("mode").map(|it| &it.value);
    keyword.or_else(|| argument(call, place))
}

/// The place of the mode among a call's arguments, where it opens a file.
fn mode_place(expr: &Expr) -> Option<usize> {
    let (_, called) = call(expr)?;
    let (_, place) = OPENERS.iter().find(|(opener, _)| *opener == called)?;
    // A method of a path has no path as its first argument.
    let on_path = called == "open"
        && method(expr).is_some_and(|(on, ..)| !matches!(name(on), Some("io" | "codecs" | "os")));
    Some(if on_path { 0 } else { *place })
}

fn is_opened_as_text(expr: &Expr) -> bool {
    let Some((place, (call, called))) = mode_place(expr).zip(call(expr)) else {
        return false;
    };
    match mode_of(call, place) {
        Some(mode) => literal(mode).is_some_and(|it| !it.contains('b')),
        // A temporary file is binary unless asked otherwise.
        None => !called.contains("Temporary"),
    }
}

/// Whether what is read is known to be no text, by the name of the file or by what the answer says
/// it is.
fn is_binary(thrown: &Thrown<'_, '_>, tree: &Tree<'_>, opened: &Node<'_>) -> bool {
    let made = tree.all_makings(opened);
    let mut texts = made.into_iter().filter_map(literal);
    let named = |text: &str| {
        let text = text.to_ascii_lowercase();
        let ends = BINARY_NAMES.iter().any(|end| text.ends_with(end));
        ends || BINARY.iter().any(|kind| text.starts_with(kind))
    };
    if texts.any(named) {
        return true;
    }
    let started = thrown.case.exchange().now().started.as_ref();
    let mut headers = started.into_iter().flat_map(|it| &it.headers);
    let told =
        headers.any(|(name, value)| name.eq_ignore_ascii_case("content-type") && named(value));
    let function = tree.function_around(opened);
    let beside = function.is_some_and(|function| {
        let mut inside = tree.inside(function);
        inside.any(|it| it.expr().and_then(literal).is_some_and(named))
    });
    told || beside
}

/// The call with a mode that is binary.
fn in_binary_mode(thrown: &Thrown<'_, '_>, tree: &Tree<'_>, opened: &Node<'_>) -> Option<Edit> {
    let source = tree.source;
    let expr = opened.expr()?;
    let (outer, called) = call(expr)?;
    if called == "read_text" {
        let function = source.code(&*outer.func);
        let code = format!("{}()", function.replace("read_text", "read_bytes"));
        return Edit::replacing(source, thrown.file, outer.range(), &code);
    }
    let place = mode_place(expr)?;
    let mode = mode_of(outer, place).map_or("r", |it| literal(it).unwrap_or_default());
    let binary = format!(
        "'{}b{}'",
        mode.trim_end_matches(['+', 't']),
        if mode.contains('+') { "+" } else { "" }
    );
    let mut arguments: Vec<String> = Vec::new();
    for (at, argument) in outer.arguments.args.iter().enumerate() {
        arguments.push(if at == place {
            binary.clone()
        } else {
            source.code(argument).to_owned()
        });
    }
    if outer.arguments.args.len() == place {
        arguments.push(binary);
    } else if outer.arguments.args.len() < place {
        return None;
    }
    // What says how to decode has nothing to say any more.
    let keywords = outer.arguments.keywords.iter().filter(|keyword| {
        let named = keyword.arg.as_ref().map(Identifier::as_str);
        !matches!(named, Some("mode" | "encoding" | "errors" | "newline"))
    });
    arguments.extend(keywords.map(|keyword| source.code(keyword).to_owned()));
    let code = format!("{}({})", source.code(&*outer.func), arguments.join(", "));
    Edit::replacing(source, thrown.file, outer.range(), &code)
}

/// A function that takes bytes, and was given text.
fn takes_bytes(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let wanted = [
        "bytes-like object is required, not 'str'",
        "must be encoded",
        "expected bytes",
    ];
    if !thrown.is(&["TypeError"]) || !wanted.iter().any(|it| thrown.says(it)) {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    // A sum or a method of bytes in the arguments may be what failed.
    let outer = exprs.iter().rev().find_map(|(_, expr)| {
        let (outer, called) = call(expr)?;
        TAKE_BYTES.contains(&called).then_some(outer)
    })?;
    let is_text = |expr: &&Expr| is_text(tree, expr);
    let given = outer.arguments.args.iter().find(is_text)?;
    let called = tree.source.code(&*outer.func);
    let message = format!(
        "{called}() takes bytes, but was given text: {}",
        told(thrown.raised)
    );
    let spot = Spot::of(thrown.file, tree.source.span(given.range()));
    let finding = thrown.finding_with(Mistake::StrWhereBytes, message, Some(spot));
    Some(finding.with_edit(encoded(tree.source, thrown.file, given)))
}

/// Whether an expression is seen to be text.
fn is_text(tree: &Tree<'_>, expr: &Expr) -> bool {
    let text = |expr: &Expr| match expr {
        Expr::StringLiteral(_) | Expr::FString(_) => true,
        Expr::BinOp(sum) => {
            sum.left.is_string_literal_expr()
                || sum.left.is_f_string_expr()
                || sum.right.is_string_literal_expr()
        }
        other => call(other).is_some_and(|(_, called)| {
            matches!(
                called,
                "str" | "format" | "dumps" | "decode" | "join" | "strip" | "lower"
            ) && !method(other).is_some_and(|(on, ..)| on.is_bytes_literal_expr())
        }),
    };
    let origins = tree.origins_of(expr);
    let is_bytes = origins.iter().any(|it| {
        it.is_bytes_literal_expr() || call(it).is_some_and(|(_, called)| called == "encode")
    });
    let has_text = origins.iter().any(|it| text(it));
    // A sum of variables is text where one of them is.
    let sum = match expr {
        Expr::BinOp(sum) => [&*sum.left, &*sum.right]
            .iter()
            .any(|part| tree.origins_of(part).iter().any(|it| text(it))),
        _ => false,
    };
    !is_bytes && (has_text || sum || name(expr).is_some() && origins.len() == 1)
}
