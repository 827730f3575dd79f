//! Code for Python 2, as old tutorials and answers have it: modules, functions, methods and
//! statements that Python 3 has under another name, or not at all.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::thrown::{Thrown, told};
use super::{Finding, Remedy, python_two_values};
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::fix::rewritten;
use crate::diagnosis::source::{argument, call, name};
use crate::diagnosis::{Edit, Mistake};
use crate::exchange::Raised;

/// Modules, and those of Python 3 that have what they had.
const MODULES: &[(&str, &str)] = &[
    ("BaseHTTPServer", "http.server"),
    ("CGIHTTPServer", "http.server"),
    ("ConfigParser", "configparser"),
    ("Cookie", "http.cookies"),
    ("HTMLParser", "html.parser"),
    ("Queue", "queue"),
    ("SimpleHTTPServer", "http.server"),
    ("SocketServer", "socketserver"),
    ("StringIO", "io"),
    ("cPickle", "pickle"),
    ("cStringIO", "io"),
    ("commands", "subprocess"),
    ("cookielib", "http.cookiejar"),
    ("htmlentitydefs", "html.entities"),
    ("httplib", "http.client"),
    ("md5", "hashlib"),
    ("sets", "set(), which needs no import"),
    ("sha", "hashlib"),
    ("thread", "threading"),
    ("urllib2", "urllib.request"),
    ("urlparse", "urllib.parse"),
    ("xmlrpclib", "xmlrpc.client"),
];

/// Names in modules that are in another one now.
const MOVED: &[(&str, &str, &str)] = &[
    ("cgi", "escape", "html"),
    ("cgi", "parse_qs", "urllib.parse"),
    ("cgi", "parse_qsl", "urllib.parse"),
    ("urllib", "quote", "urllib.parse"),
    ("urllib", "quote_plus", "urllib.parse"),
    ("urllib", "unquote", "urllib.parse"),
    ("urllib", "unquote_plus", "urllib.parse"),
    ("urllib", "urlencode", "urllib.parse"),
    ("urllib", "urlopen", "urllib.request"),
    ("urllib", "urlretrieve", "urllib.request"),
];

/// Built-in functions and types, and what they are called now.
const BUILT_IN: &[(&str, &str)] = &[
    ("basestring", "str"),
    ("long", "int"),
    ("raw_input", "input"),
    ("unichr", "chr"),
    ("unicode", "str"),
    ("xrange", "range"),
];

/// Functions that were built in, and the modules that have them now.
const NO_LONGER_BUILT_IN: &[(&str, &str)] = &[
    ("intern", "sys"),
    ("reduce", "functools"),
    ("reload", "importlib"),
];

/// Names of modules, and what stands for them now without another import.
const RENAMED: &[(&str, &str, &str)] = &[
    ("base64", "decodestring", "base64.decodebytes"),
    ("base64", "encodestring", "base64.encodebytes"),
    ("itertools", "ifilter", "filter"),
    ("itertools", "imap", "map"),
    ("itertools", "izip", "zip"),
    ("itertools", "izip_longest", "itertools.zip_longest"),
    ("os", "getcwdu", "os.getcwd"),
    ("string", "letters", "string.ascii_letters"),
    ("string", "lowercase", "string.ascii_lowercase"),
    ("string", "uppercase", "string.ascii_uppercase"),
    ("sys", "maxint", "sys.maxsize"),
    ("time", "clock", "time.perf_counter"),
];

/// Methods of `dict`, and what they are called now.
const METHODS: &[(&str, &str)] = &[
    ("iteritems", "items"),
    ("iterkeys", "keys"),
    ("itervalues", "values"),
    ("viewitems", "items"),
    ("viewkeys", "keys"),
    ("viewvalues", "values"),
];

/// An application that cannot be loaded because of it.
pub fn load<'a>(raised: &'a Raised, case: &Case<'a>) -> Option<Finding> {
    if raised.r#type == "SyntaxError" {
        return statement(raised, case);
    }
    thrown(&Thrown::new(case, raised, 0))
}

/// An exception because of it.
pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    renamed(thrown).or_else(|| python_two_values::thrown(thrown))
}

/// What has another name now, or is written in another way.
fn renamed(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    match thrown.raised.r#type.as_str() {
        "ModuleNotFoundError" | "ImportError" => imported(thrown),
        // Python 3.14 takes `except ValueError, error:` for two types.
        "NameError" => built_in(thrown)
            .or_else(|| left_built_in(thrown))
            .or_else(|| {
                let source = thrown.case.source(thrown.file)?;
                let is_caught = source.line(thrown.line).trim_start().starts_with("except ");
                is_caught
                    .then(|| statement(thrown.raised, thrown.case))
                    .flatten()
            }),
        "AttributeError" => attribute(thrown),
        "TypeError" if thrown.says("for >>") => statement(thrown.raised, thrown.case),
        _ => None,
    }
}

/// A statement that is none any more. Its line shows it, however the Python says what it expected.
fn statement(raised: &Raised, case: &Case<'_>) -> Option<Finding> {
    let blame = raised.blame.as_ref()?;
    let source = case.source(&blame.file)?;
    let span = source.whole_line(blame.line);
    let line = source.line(blame.line).trim();
    let code = without_comment(line);
    let spot = Spot::of(&blame.file, span);
    let width = u32::try_from(code.chars().count()).ok()?;
    let (from, _) = span.columns;
    let piece = Spot {
        columns: Some((from, from + width)),
        ..spot.clone()
    };
    let replaced = |text: String| rewritten(source, &piece, |_| Some(text));
    let (what, edit): (&str, Option<Edit>) = if let Some(given) = given_to(code, "print") {
        let text = match given.strip_prefix(">>") {
            Some(rest) => rest
                .split_once(',')
                .map(|(file, text)| format!("print({}, file={})", text.trim(), file.trim())),
            None => Some(format!("print({given})")),
        };
        let text = text.filter(|_| !given.ends_with(','));
        ("print is a function in Python 3", text.and_then(replaced))
    } else if let Some(given) = given_to(code, "exec") {
        let edit = replaced(format!("exec({given})"));
        ("exec is a function in Python 3", edit)
    } else if let Some((kinds, variable)) = code
        .strip_prefix("except ")
        .and_then(|it| it.strip_suffix(':'))
        .and_then(|it| it.rsplit_once(','))
        .filter(|(_, variable)| is_dotted_name(variable.trim()))
    {
        let edit = replaced(format!("except {} as {}:", kinds.trim(), variable.trim()));
        ("Python 3 names a caught exception with 'as'", edit)
    } else if let Some((kind, message)) = code
        .strip_prefix("raise ")
        .and_then(|it| it.split_once(','))
        .filter(|(kind, _)| is_dotted_name(kind.trim()))
    {
        let edit = replaced(format!("raise {}({})", kind.trim(), message.trim()));
        ("an exception is made with its message in Python 3", edit)
    } else if let Some(octal) = old_octal(code) {
        let edit = replaced(code.replacen(octal, &format!("0o{}", &octal[1..]), 1));
        ("Python 3 writes an octal number with 0o", edit)
    } else if code.contains(" <> ") {
        let edit = replaced(code.replace(" <> ", " != "));
        ("Python 3 writes != for <>", edit)
    } else {
        return None;
    };
    let message = format!("this is Python 2: {what}");
    let finding = Finding::new(Mistake::PythonTwoCode, message, Some(spot), 0);
    Some(finding.with_only_edit(edit))
}

/// A line without the comment that may stand behind it.
fn without_comment(line: &str) -> &str {
    let mut quote = None;
    let mut is_escaped = false;
    for (at, letter) in line.char_indices() {
        match quote {
            None if letter == '#' => return line[..at].trim_end(),
            None if matches!(letter, '\'' | '"') => quote = Some(letter),
            Some(mark) if letter == mark && !is_escaped => quote = None,
            _ => {}
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    line
}

/// What a line gives to a word that was a statement, as in `print "Hello"`.
fn given_to<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let given = line.strip_prefix(word)?.strip_prefix(' ')?.trim();
    let first = given.chars().next()?;
    let begins = first.is_alphanumeric() || matches!(first, '"' | '\'' | '_' | '`' | '>' | '[');
    begins.then_some(given)
}

/// A number such as `0755`.
fn old_octal(code: &str) -> Option<&str> {
    let mut words = code.split(|it: char| !it.is_ascii_alphanumeric() && it != '_' && it != '.');
    words.find(|it| {
        let digits = it.strip_prefix('0').unwrap_or_default();
        !digits.is_empty()
            && digits.bytes().all(|it| matches!(it, b'0'..=b'7'))
            && digits.bytes().any(|it| it != b'0')
    })
}

fn is_dotted_name(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next();
    first.is_some_and(|it| it.is_alphabetic() || it == '_')
        && characters.all(|it| it.is_alphanumeric() || matches!(it, '_' | '.'))
}

/// A module that is not there, or a name that is not in it any more.
fn imported(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let said = &thrown.raised.message;
    let mut quoted = said.split('\'').skip(1).step_by(2);
    let (first, second) = (quoted.next()?, quoted.next());
    if said.starts_with("No module named") {
        let known = MODULES.iter().find(|(old, _)| *old == first);
        let Some((_, now)) = known else {
            // The module has left Python as well: what matters is where its names have been since.
            let (now, remedy) = imports(thrown)?;
            return Some(now_in(thrown, now).with(remedy));
        };
        return Some(now_in(thrown, now));
    }
    let (_, _, now) = MOVED
        .iter()
        .find(|(module, name, _)| *name == first && second == Some(*module))?;
    let found = now_in(thrown, now);
    Some(match imports(thrown) {
        Some((_, remedy)) => found.with(remedy),
        None => found,
    })
}

fn now_in(thrown: &Thrown<'_, '_>, now: &str) -> Finding {
    let said = told(thrown.raised);
    let said = said.split(';').next().unwrap_or(&said);
    let message = format!("this is Python 2: {said}; Python 3 has {now}");
    let finding = thrown.finding_with(Mistake::PythonTwoCode, message, None);
    let example = match now.split_once(',') {
        Some((instead, _)) => instead.to_owned(),
        None => format!("import {now}"),
    };
    finding.with(Remedy::Example(example))
}

/// The module that has the first name of a `from … import …` now, and what imports them all.
/// Nothing where one of them has not moved.
fn imports(thrown: &Thrown<'_, '_>) -> Option<(&'static str, Remedy)> {
    let tree = thrown.tree.as_ref()?;
    let Stmt::ImportFrom(import) = tree.stmt_at(thrown.line)?.stmt()? else {
        return None;
    };
    let module = import.module.as_ref()?;
    let now = |name: &str| {
        let mut moved = MOVED.iter();
        let found = moved.find(|(from, moved, _)| *from == module.as_str() && *moved == name);
        found.map(|(_, _, now)| *now)
    };
    let names = import.names.iter().map(|it| it.name.as_str());
    let moved: Option<Vec<(&str, &'static str)>> =
        names.map(|name| Some((name, now(name)?))).collect();
    let moved = moved?;
    let (_, first) = *moved.first()?;
    let remedy = if moved.iter().all(|(_, now)| *now == first) {
        Remedy::Edit(Edit::replacing(
            tree.source,
            thrown.file,
            module.range(),
            first,
        )?)
    } else {
        let lines = moved
            .iter()
            .map(|(name, now)| format!("from {now} import {name}"));
        Remedy::Example(lines.collect::<Vec<_>>().join("\n"))
    };
    Some((first, remedy))
}

/// A built-in name that is another one now.
fn built_in(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let missing = thrown.raised.message.split('\'').nth(1)?;
    let (_, now) = BUILT_IN.iter().find(|(old, _)| *old == missing)?;
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let named = |expr: &Expr| matches!(expr, Expr::Name(it) if it.id.as_str() == missing);
    let (node, expr) = exprs.iter().find(|(_, expr)| named(expr))?;
    let message = format!(
        "this is Python 2: {}; it is called {now} in Python 3",
        told(thrown.raised)
    );
    let finding = thrown.finding_with(Mistake::PythonTwoCode, message, thrown.spot_of(node));
    let edit = Edit::replacing(tree.source, thrown.file, expr.range(), now);
    Some(finding.with_edit(edit))
}

/// A function that has to be imported now.
fn left_built_in(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let missing = thrown.raised.message.split('\'').nth(1)?;
    let mut functions = NO_LONGER_BUILT_IN.iter();
    let (_, module) = functions.find(|(old, _)| *old == missing)?;
    let exprs = thrown.exprs();
    let (_, given) = exprs.iter().find_map(|(_, expr)| {
        let (outer, called) = call(expr)?;
        (called == missing).then_some((called, argument(outer, 0)))
    })?;
    if missing == "reload" && given.and_then(name) == Some("sys") {
        return Some(without_encoding(thrown));
    }
    let message = format!(
        "this is Python 2: {}; Python 3 has it in {module}",
        told(thrown.raised).split(". ").next().unwrap_or_default()
    );
    let finding = thrown.finding_with(Mistake::PythonTwoCode, message, None);
    let example = format!("from {module} import {missing}");
    Some(finding.with(Remedy::Example(example)))
}

/// `reload(sys)` and `sys.setdefaultencoding('utf-8')`, which old programs begin with.
fn without_encoding(thrown: &Thrown<'_, '_>) -> Finding {
    let message = format!(
        "this is Python 2: {}; Python 3 needs no sys.setdefaultencoding(), its text is Unicode",
        told(thrown.raised).split(". ").next().unwrap_or_default()
    );
    let finding = thrown.finding_with(Mistake::PythonTwoCode, message, None);
    finding.without_fix()
}

/// A name of a module that stands for another one now.
fn renamed_in(thrown: &Thrown<'_, '_>, module: &str, missing: &str, now: &str) -> Option<Finding> {
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let node = exprs.iter().find_map(|(node, expr)| match expr {
        Expr::Attribute(it) if it.attr == *missing && name(&it.value) == Some(module) => Some(node),
        _ => None,
    });
    let message = format!(
        "this is Python 2: {}; Python 3 has {now}",
        told(thrown.raised)
    );
    let spot = node.and_then(|node| thrown.spot_of(node));
    let finding = thrown.finding_with(Mistake::PythonTwoCode, message, spot);
    let edit = node.and_then(|it| Edit::replacing(tree.source, thrown.file, it.range(), now));
    Some(finding.with_only_edit(edit))
}

/// The import of a module as the one that has all its names now which the file uses.
fn import_of_all(thrown: &Thrown<'_, '_>, module: &str, now: &str) -> Option<Edit> {
    let tree = thrown.tree.as_ref()?;
    let nodes = tree.nodes();
    if !tree.budget.take(nodes.size_hint().0) {
        return None;
    }
    let mut import = None;
    for node in nodes {
        match (node.stmt(), node.expr()) {
            (Some(Stmt::Import(it)), _) => {
                let mut names = it.names.iter();
                // Of two imports one may be for the other's names.
                let mut of_it = names.by_ref().filter(|it| it.name.starts_with(module));
                if let Some(alias) = of_it.next() {
                    let is_plain = alias.name == *module && alias.asname.is_none();
                    if !is_plain || import.is_some() || of_it.next().is_some() {
                        return None;
                    }
                    import = Some(alias.range());
                }
            }
            (_, Some(Expr::Attribute(it))) if name(&it.value) == Some(module) => {
                let mut moved = MOVED.iter();
                moved
                    .find(|(from, name, to)| *from == module && it.attr == **name && *to == now)?;
            }
            _ => {}
        }
    }
    let code = format!("{now} as {module}");
    Edit::replacing(tree.source, thrown.file, import?, &code)
}

/// A method of `dict`, or a name of a module, that is another one now.
fn attribute(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let said = &thrown.raised.message;
    let mut quoted = said.split('\'').skip(1).step_by(2);
    let (of, missing) = (quoted.next()?, quoted.next()?);
    if said.starts_with("module ") {
        let is_it = |(module, name, _): &&(&str, &str, &str)| *module == of && *name == missing;
        if let Some((_, _, now)) = RENAMED.iter().find(is_it) {
            return renamed_in(thrown, of, missing, now);
        }
        if (of, missing) == ("sys", "setdefaultencoding") {
            return Some(without_encoding(thrown));
        }
        let (_, _, now) = MOVED.iter().find(is_it)?;
        let finding = now_in(thrown, now);
        return Some(finding.with_edit(import_of_all(thrown, of, now)));
    }
    if of == "dict_keys" && missing == "sort" {
        let message = format!(
            "this is Python 2: {}; keys() returns no list in Python 3",
            told(thrown.raised)
        );
        let finding = thrown.finding_with(Mistake::PythonTwoCode, message, None);
        return Some(finding.with(Remedy::Example("keys = sorted(items)".to_owned())));
    }
    if of != "dict" {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let (on, attribute) = exprs.iter().find_map(|(node, expr)| match expr {
        Expr::Attribute(it) if it.attr == *missing => Some((node, it)),
        _ => None,
    })?;
    let (now, edit) = if missing == "has_key" {
        ("the operator in", None)
    } else {
        let (_, now) = METHODS.iter().find(|(old, _)| *old == missing)?;
        let edit = Edit::replacing(tree.source, thrown.file, attribute.attr.range(), now);
        (*now, edit)
    };
    let message = format!(
        "this is Python 2: {}; Python 3 has {now}",
        told(thrown.raised)
    );
    let finding = thrown.finding_with(Mistake::PythonTwoCode, message, thrown.spot_of(on));
    let example = "if key in environ:".to_owned();
    Some(finding.with(edit.map_or(Remedy::Example(example), Remedy::Edit)))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::without_comment;

    #[rstest]
    #[case("print 'a'  # for all", "print 'a'")]
    #[case("print 'room #5'", "print 'room #5'")]
    #[case(r"print 'it\'s #5'  # 'so'", r"print 'it\'s #5'")]
    #[case("# print 'a'", "")]
    fn a_comment_stands_outside_of_texts(#[case] line: &str, #[case] code: &str) {
        assert_eq!(without_comment(line), code);
    }
}
