//! The rules of the standard that the worker saw broken: here they find their place in the source.

use std::rc::Rc;

use ruff_python_ast::{Expr, ExprCall, Stmt};
use ruff_text_size::Ranged;

use super::{Finding, Remedy, status_text, stream_kept};
use crate::diagnosis::Spot;
use crate::diagnosis::case::{Case, Made};
use crate::diagnosis::fix::encoded;
use crate::diagnosis::source::{
    Node, Tree, argument, call, call_of, is_start_response_name, last_name, literal, method, name,
    parameters,
};
use crate::diagnosis::{Edit, Mistake};
use crate::exchange::{Blame, EventKind, RuleBroken};

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let broken = case.run.kinds().filter_map(|(at, kind)| match kind {
        EventKind::RuleBroken(broken) => Some((at, broken)),
        _ => None,
    });
    broken
        .filter_map(|(at, broken)| {
            let mistake = match Mistake::named(&broken.rule)? {
                Mistake::StartResponseMissing if comes_late(case, at) => Mistake::StartResponseLate,
                Mistake::StreamKept => return stream_kept::finding(case, broken, at),
                mistake => mistake,
            };
            let spot = spot(case, mistake, broken, at).or_else(|| {
                let blame = broken.by.blame.as_ref()?;
                Some(case.line(blame))
            });
            let finding = Finding::new(mistake, broken.message.clone(), spot, at);
            Some(match mended(case, mistake, broken, at) {
                Some(remedy) => finding.with(remedy),
                None => finding,
            })
        })
        .collect()
}

/// What is offered, where the explanation's own repair does not fit.
fn mended(case: &Case<'_>, mistake: Mistake, broken: &RuleBroken, at: usize) -> Option<Remedy> {
    match mistake {
        Mistake::BodyItemIsStr => {
            let (file, tree, expr) = item_itself(case, broken, at)?;
            encoded(tree.source, &file, expr).map(Remedy::Edit)
        }
        Mistake::BodyItemNotBytes => for_item(case, &broken.message),
        Mistake::StatusNotStr => status_text::mended(case, broken),
        Mistake::StatusMalformed => {
            let blame = broken.by.blame.as_ref()?;
            let tree = case.tree(&blame.file)?;
            let (_, call) = call_at(&tree, blame.line, "start")?;
            let status = argument(call, 0)?;
            let code = literal(status).filter(|it| it.len() == 3)?.parse().ok()?;
            let reason = tiny_http::StatusCode(code).default_reason_phrase();
            let text = format!("'{code} {reason}'");
            Edit::replacing(tree.source, &blame.file, status.range(), &text).map(Remedy::Edit)
        }
        Mistake::HeaderNotStr => Some(header_as_str(case, broken)),
        Mistake::HeadersSharedList => {
            let (_, _, _, own) = grown(case, broken)?;
            Some(Remedy::Example(own))
        }
        _ => None,
    }
}

/// What makes a str of a part of a header, by what it is; nothing where that cannot be told.
fn header_as_str(case: &Case<'_>, broken: &RuleBroken) -> Remedy {
    let pair = || {
        let (file, tree, node) = pair_of(case, Mistake::HeaderNotStr, broken)?;
        match node.expr()? {
            Expr::Tuple(pair) => Some((file, tree, pair)),
            _ => None,
        }
    };
    let Some((file, tree, pair)) = pair() else {
        return Remedy::Nothing;
    };
    let Some(value) = pair.elts.get(1) else {
        return Remedy::Nothing;
    };
    let edit = |part: &Expr, code: &str| {
        let edit = Edit::replacing(tree.source, &file, part.range(), code);
        edit.map_or(Remedy::Nothing, Remedy::Edit)
    };
    let code = tree.source.code(value);
    if broken.message.contains(" int") {
        return edit(value, &format!("str({code})"));
    }
    if broken.message.contains(" bytes") {
        let part = pair.elts.iter().find(|it| it.is_bytes_literal_expr());
        return part.map_or(Remedy::Nothing, |part| {
            edit(part, tree.source.code(part).trim_start_matches(['b', 'B']))
        });
    }
    if broken.message.contains(" SimpleCookie") {
        return Remedy::Example(format!(
            "for morsel in {code}.values():\n    headers.append(('Set-Cookie', morsel.OutputString()))"
        ));
    }
    if !broken.message.contains("NoneType") {
        return Remedy::Nothing;
    }
    let name = broken.subject.as_deref().unwrap_or_default();
    Remedy::Example(if name.eq_ignore_ascii_case("Content-Type") {
        // What a body without a type is taken for (RFC 9110, section 8.3).
        format!("{code} or 'application/octet-stream'")
    } else {
        format!("if value is not None:\n    headers.append(('{name}', value))")
    })
}

/// What may be done about an item that is no bytes, by what it is; nothing where the explanation's
/// example fits.
fn for_item(case: &Case<'_>, message: &str) -> Option<Remedy> {
    let is_file = ["Reader", "TextIO", "BytesIO", "FileIO"];
    let example = if message.contains("NoneType") {
        "if block is not None:\n    yield block"
    } else if is_file.iter().any(|it| message.contains(it)) {
        "return environ.get('wsgi.file_wrapper', FileWrapper)(file)  # and not in a list"
    } else if matches!(case.returned()?.expr?, Expr::Tuple(_)) {
        "start_response('404 Not Found', headers)  # the status goes here\nreturn [body]"
    } else {
        return None;
    };
    Some(Remedy::Example(example.to_owned()))
}

/// The expression of an item that is no bytes, where it is that of the item alone.
fn item_itself<'a>(
    case: &Case<'a>,
    broken: &RuleBroken,
    at: usize,
) -> Option<(String, Rc<Tree<'a>>, &'a Expr)> {
    if let Some(blame) = &broken.by.blame {
        // write() was called.
        let tree = case.tree(&blame.file)?;
        let (_, call) = call_at(&tree, blame.line, "")?;
        let given = argument(call, 0)?;
        return Some((blame.file.clone(), Rc::clone(&tree), given));
    }
    if let Some(made) = case.block(at) {
        return Some((made.file.to_owned(), made.tree, made.expr?));
    }
    let made = case.returned()?;
    let items = match made.expr? {
        Expr::List(list) => &list.elts,
        Expr::Tuple(tuple) => &tuple.elts,
        _ => return None,
    };
    let wrong = items
        .iter()
        .find(|item| is_wrong(&made, item, Mistake::BodyItemIsStr))?;
    Some((made.file.to_owned(), Rc::clone(&made.tree), wrong))
}

fn spot(case: &Case<'_>, mistake: Mistake, broken: &RuleBroken, at: usize) -> Option<Spot> {
    match mistake {
        Mistake::AsyncApp => async_def(case),
        Mistake::BodyTextFile => opened(case),
        Mistake::BodyLenLies => def_of_class(case, "__len__"),
        Mistake::CloseNotCallable => close_of_class(case).or_else(|| Some(case.returned()?.spot())),
        Mistake::StartResponseMissing | Mistake::StartResponseLate => {
            let made = case.block(at).or_else(|| silent(case))?;
            Some(made.spot())
        }
        Mistake::BodyItemIsStr | Mistake::BodyItemNotBytes => match &broken.by.blame {
            // write() was called.
            Some(blame) => argument_at(case, blame, "", 0),
            None => item(case, mistake, at),
        },
        Mistake::BodyIsNone => no_return(case),
        Mistake::BodyClosedFile
        | Mistake::BodyIsBareBytes
        | Mistake::BodyIsDict
        | Mistake::BodyIsStr
        | Mistake::BodyNotIterable
        | Mistake::BodySharedIterator
        | Mistake::AppSharedInstance => Some(case.returned()?.spot()),
        Mistake::StatusNotStr | Mistake::StatusMalformed => {
            argument_at(case, broken.by.blame.as_ref()?, "start", 0)
        }
        Mistake::HeadersSharedList if let Some((file, tree, node, _)) = grown(case, broken) => {
            Some(Spot::of(&file, tree.span(&node)))
        }
        Mistake::HeadersNotList | Mistake::HeadersSharedList => {
            argument_at(case, broken.by.blame.as_ref()?, "start", 1)
        }
        Mistake::HeadersThroughDict => through_dict(case, broken),
        Mistake::HeaderHopByHop
        | Mistake::HeaderInjection
        | Mistake::HeaderNameMalformed
        | Mistake::HeaderNotLatin1
        | Mistake::HeaderNotStr
        | Mistake::HeaderNotTuple
        | Mistake::HeaderStatus
        | Mistake::ContentLengthMalformed => header(case, mistake, broken),
        Mistake::ErrorsBytes => argument_at(case, broken.by.blame.as_ref()?, "write", 0),
        Mistake::WriteAfterEnd | Mistake::WriteInIterable => {
            call_spot(case, broken.by.blame.as_ref()?, "")
        }
        _ => call_spot(case, broken.by.blame.as_ref()?, "start"),
    }
}

/// The line that ran last in a function that fell off its end.
fn no_return(case: &Case<'_>) -> Option<Spot> {
    let made = case.returned()?;
    let gives = matches!(
        made.expr,
        Some(Expr::List(_) | Expr::Tuple(_) | Expr::StringLiteral(_) | Expr::BytesLiteral(_))
    );
    if !gives {
        return Some(made.spot());
    }
    // RustPython counts the end of a function as its last line. What ran before was the last one.
    let steps = case.run.steps().iter().rev().map(|(_, step)| &step.place);
    let mut places = steps.filter(|place| place.file == made.file);
    places.find(|place| place.line == made.line)?;
    let before = places.find(|place| place.line != made.line)?;
    Some(case.line(before))
}

/// The innermost of the calls that gave the body which does not call `start_response`.
fn silent<'a>(case: &Case<'a>) -> Option<Made<'a>> {
    let mut ways = case.ways_of_returned();
    let calls = |made: &Made<'_>| {
        let function = made.tree.function_at(made.line);
        function.is_some_and(|function| made.tree.starts(function))
    };
    match ways.iter().rposition(|made| !calls(made)) {
        Some(place) => Some(ways.swap_remove(place)),
        None => ways.pop(),
    }
}

/// Whether `start_response` is called after the first block, in the function that gave it.
fn comes_late(case: &Case<'_>, at: usize) -> bool {
    let Some(made) = case.block(at) else {
        return false;
    };
    let Some(function) = made.tree.function_at(made.line) else {
        return false;
    };
    made.tree.inside(function).any(|node| {
        let Some((call, called)) = node.expr().and_then(call) else {
            return false;
        };
        // It may be the application inside that is to call it.
        let hands_on = || {
            let mut names = call.arguments.args.iter().filter_map(last_name);
            names.any(is_start_response_name)
        };
        node.line >= made.line && (is_start_response_name(called) || hands_on())
    })
}

/// The call on a line, of something with this in its name where there are several.
pub fn call_at<'a>(tree: &Tree<'a>, line: u32, named: &str) -> Option<(Node<'a>, &'a ExprCall)> {
    let calls: Vec<(Node<'a>, &ExprCall, &str)> = tree
        .exprs_at(line)
        .filter_map(|(node, expr)| {
            let (call, called) = call(expr)?;
            Some((*node, call, called))
        })
        .collect();
    let starts = |called: &str| match named {
        "start" => is_start_response_name(called),
        other => called.contains(other),
    };
    let fits = calls
        .iter()
        .find(|(node, _, called)| starts(called) && node.line == line);
    let fits = fits.or_else(|| calls.iter().find(|(_, _, called)| starts(called)));
    let fits = fits.or_else(|| calls.first())?;
    Some((fits.0, fits.1))
}

fn call_spot(case: &Case<'_>, blame: &Blame, named: &str) -> Option<Spot> {
    let tree = case.tree(&blame.file)?;
    let (node, _) = call_at(&tree, blame.line, named)?;
    Some(Spot::of(&blame.file, tree.span(&node)))
}

fn argument_at(case: &Case<'_>, blame: &Blame, named: &str, place: usize) -> Option<Spot> {
    let tree = case.tree(&blame.file)?;
    let (node, call) = call_at(&tree, blame.line, named)?;
    // A helper may have its arguments in another order.
    let called = last_name(&call.func).unwrap_or_default();
    let known = named != "start" || is_start_response_name(called);
    let argument = argument(call, place).filter(|_| known);
    let argument = argument.map_or(node.range(), Ranged::range);
    Some(Spot::of(&blame.file, tree.source.span(argument)))
}

/// The tuple of a header: in the call, in its function, or in one of those that called it.
fn header(case: &Case<'_>, mistake: Mistake, broken: &RuleBroken) -> Option<Spot> {
    let Some(blame) = &broken.by.blame else {
        return through_framework(case, broken.subject.as_deref()?);
    };
    if let Some((file, tree, pair)) = pair_of(case, mistake, broken) {
        return Some(Spot::of(&file, tree.span(&pair)));
    }
    let named = broken.subject.as_deref();
    // Somewhere else in the file, such as in a list that is global.
    let tree = case.tree(&blame.file)?;
    if named.is_some() {
        let pair = tree.nodes().find(|node| is_pair(node, named, mistake));
        if let Some(pair) = pair {
            return Some(Spot::of(&blame.file, tree.span(pair)));
        }
    }
    argument_at(case, blame, "start", 1)
}

/// Where a function adds to the list that all requests share, before it hands it over; and what
/// would make a list of its own. A copy at the call would come too late.
fn grown<'a>(
    case: &Case<'a>,
    broken: &RuleBroken,
) -> Option<(String, Rc<Tree<'a>>, Node<'a>, String)> {
    let blame = broken.by.blame.as_ref()?;
    let tree = case.tree(&blame.file)?;
    let (start, given) = call_at(&tree, blame.line, "start")?;
    let list = name(argument(given, 1)?)?;
    let function = start.function?;
    // A list that the function makes is its own.
    if !tree.index.assigned(Some(function), list).is_empty() {
        return None;
    }
    let scope = tree.scope(tree.at(function));
    let mut added = scope.iter().filter_map(|node| {
        let (on, "append", call) = method(node.expr()?)? else {
            return None;
        };
        let is_it = name(on) == Some(list) && case.ran(&blame.file, &tree, node);
        let pair = tree.source.code(argument(call, 0).filter(|_| is_it)?);
        Some((*node, format!("own = [*{list}, {pair}]")))
    });
    let (node, own) = added.next()?;
    Some((blame.file.clone(), Rc::clone(&tree), node, own))
}

/// The tuple of a header in the function that gave it, or in one of those that called it. Of
/// several with one name it is the one in the call itself, or else one that ran.
fn pair_of<'a>(
    case: &Case<'a>,
    mistake: Mistake,
    broken: &RuleBroken,
) -> Option<(String, Rc<Tree<'a>>, Node<'a>)> {
    let named = broken.subject.as_deref();
    let others = broken.by.calls.iter().map(|call| &call.place);
    broken.by.blame.iter().chain(others).find_map(|place| {
        let tree = case.tree(&place.file)?;
        let scope = tree.scope(tree.function_at(place.line));
        let pairs = || scope.iter().filter(|node| is_pair(node, named, mistake));
        let statement = tree.stmt_at(place.line);
        let of_call = |node: &&Node<'_>| statement.is_some_and(|it| it.covers(node.line));
        let pair = pairs()
            .find(of_call)
            .or_else(|| pairs().find(|node| case.ran(&place.file, &tree, node)))
            .or_else(|| pairs().next())
            .copied()?;
        Some((place.file.clone(), tree, pair))
    })
}

/// The name of a header in the lines that ran, where a framework made the list of headers of it.
fn through_framework(case: &Case<'_>, named: &str) -> Option<Spot> {
    case.trees().find_map(|(file, tree)| {
        let is_it = |node: &&Node<'_>| {
            let text = node.expr().and_then(literal);
            text.is_some_and(|it| it.eq_ignore_ascii_case(named)) && case.ran(file, &tree, node)
        };
        let node = tree.at_all(tree.index.texts()).find(is_it)?;
        Some(Spot::of(file, tree.span(node)))
    })
}

/// Whether a node is a header with this name, as far as that can be seen.
fn is_pair(node: &Node<'_>, named: Option<&str>, rule: Mistake) -> bool {
    if rule == Mistake::HeaderNotTuple && named.is_some() && node.expr().and_then(literal) == named
    {
        return true;
    }
    let parts = match node.expr() {
        Some(Expr::Tuple(tuple)) => &tuple.elts,
        Some(Expr::List(list)) if rule == Mistake::HeaderNotTuple => &list.elts,
        _ => return false,
    };
    match (named, &parts[..]) {
        (Some(named), [first, ..]) => literal(first) == Some(named),
        // A name that is no str.
        (None, [first, _]) => matches!(
            first,
            Expr::BytesLiteral(_) | Expr::NumberLiteral(_) | Expr::NoneLiteral(_)
        ),
        _ => false,
    }
}

fn through_dict(case: &Case<'_>, broken: &RuleBroken) -> Option<Spot> {
    let blame = broken.by.blame.as_ref()?;
    let tree = case.tree(&blame.file)?;
    let made = tree.function_at(blame.line).and_then(|function| {
        tree.inside(function)
            .find(|node| node.expr().is_some_and(is_dict_of))
    });
    match made {
        Some(node) => Some(Spot::of(&blame.file, tree.span(node))),
        None => call_spot(case, blame, "start"),
    }
}

/// `dict(headers)`, or a dict comprehension.
pub fn is_dict_of(expr: &Expr) -> bool {
    let made = call_of(expr, "dict").is_some_and(|call| argument(call, 0).is_some());
    made || expr.is_dict_comp_expr()
}

/// The item of the body that is no bytes.
fn item(case: &Case<'_>, rule: Mistake, at: usize) -> Option<Spot> {
    if let Some(made) = case.block(at) {
        return Some(made.spot());
    }
    let made = case.returned()?;
    let items = match made.expr {
        Some(Expr::List(list)) => &list.elts,
        Some(Expr::Tuple(tuple)) => &tuple.elts,
        Some(Expr::ListComp(comprehension)) => {
            return Some(Spot::of(
                made.file,
                made.tree.source.span(comprehension.elt.range()),
            ));
        }
        _ => return Some(made.spot()),
    };
    let wrong = items.iter().find(|item| is_wrong(&made, item, rule));
    let wrong = wrong.or_else(|| items.iter().find(|item| !is_bytes(item)));
    Some(match wrong {
        Some(item) => Spot::of(made.file, made.tree.source.span(item.range())),
        None => made.spot(),
    })
}

fn is_wrong(made: &Made<'_>, item: &Expr, rule: Mistake) -> bool {
    let is_str = |expr: &Expr| {
        let makes_str = call(expr).is_some_and(|(_, called)| {
            matches!(
                called,
                "str" | "dumps" | "format" | "decode" | "escape" | "repr" | "upper"
            )
        });
        expr.is_string_literal_expr() || expr.is_f_string_expr() || makes_str
    };
    let origins = made.tree.origins_of(item);
    match rule {
        Mistake::BodyItemIsStr => origins.into_iter().any(is_str),
        _ => origins.into_iter().any(|expr| {
            let makes_other = call(expr).is_some_and(|(_, called)| {
                matches!(
                    called,
                    "bytearray" | "memoryview" | "int" | "len" | "list" | "dict"
                )
            });
            makes_other
                || matches!(
                    expr,
                    Expr::NoneLiteral(_)
                        | Expr::NumberLiteral(_)
                        | Expr::BooleanLiteral(_)
                        | Expr::List(_)
                        | Expr::Tuple(_)
                        | Expr::Dict(_)
                )
        }),
    }
}

fn is_bytes(expr: &Expr) -> bool {
    let encoded = call(expr).is_some_and(|(_, called)| called == "encode");
    expr.is_bytes_literal_expr() || encoded
}

/// The async function that was called.
fn async_def(case: &Case<'_>) -> Option<Spot> {
    let is_async = |node: &&Node<'_>| node.function().is_some_and(|it| it.is_async);
    let made = case.returned();
    let called = made
        .as_ref()
        .and_then(|made| call(made.expr?))
        .map(|(_, called)| called);
    let named = called.or_else(|| case.callable().map(|(_, name)| name));
    for (file, tree) in case.trees() {
        let by_name = tree.nodes().filter(is_async).find(|node| {
            node.function()
                .is_some_and(|it| Some(it.name.as_str()) == named)
        });
        if let Some(node) = by_name.or_else(|| tree.nodes().find(is_async)) {
            return Some(Spot::of(file, tree.def_span(node)));
        }
    }
    None
}

/// The `open` of a file that was returned.
fn opened(case: &Case<'_>) -> Option<Spot> {
    let made = case.returned()?;
    let opens =
        |expr: &Expr| call_of(expr, "open").is_some() || call_of(expr, "StringIO").is_some();
    let here = made
        .expr
        .and_then(|expr| made.tree.node_of(expr))
        .map(|node| {
            let origins = made.tree.origins(node);
            let inside = made.tree.inside(node).filter_map(Node::expr);
            let through = inside.filter_map(|expr| made.tree.node_of(expr));
            origins
                .into_iter()
                .chain(through.flat_map(|node| made.tree.origins(node)))
                .find(|expr| opens(expr))
        });
    let found = here.flatten().or_else(|| {
        let function = made.tree.function_at(made.line)?;
        made.tree
            .inside(function)
            .filter_map(Node::expr)
            .find(|expr| opens(expr))
    });
    Some(match found {
        Some(expr) => Spot::of(made.file, made.tree.source.span(expr.range())),
        None => made.spot(),
    })
}

/// A method of the class of what was returned.
fn def_of_class(case: &Case<'_>, method: &str) -> Option<Spot> {
    let (file, tree, class) = class_of_returned(case)?;
    match tree.methods(&class, method).next() {
        Some(node) => Some(Spot::of(file, tree.def_span(node))),
        None => Some(case.returned()?.spot()),
    }
}

/// Where the class of what was returned gives itself a `close`.
fn close_of_class(case: &Case<'_>) -> Option<Spot> {
    let (file, tree, class) = class_of_returned(case)?;
    let sets = |node: &&Node<'_>| match node.stmt() {
        Some(Stmt::Assign(assign)) => assign
            .targets
            .iter()
            .any(|target| last_name(target) == Some("close")),
        _ => false,
    };
    let found = tree.inside(&class).find(sets)?;
    Some(Spot::of(file, tree.span(found)))
}

fn class_of_returned<'a>(case: &Case<'a>) -> Option<(&'a str, Rc<Tree<'a>>, Node<'a>)> {
    let kind = case.run.kinds().find_map(|(_, kind)| match kind {
        EventKind::Returned { r#type, .. } => Some(r#type.as_str()),
        _ => None,
    })?;
    case.trees().find_map(|(file, tree)| {
        let class = *tree.class(kind)?;
        Some((file, tree, class))
    })
}

/// Whether a function passes `start_response` on under another name: a wrapped one.
pub fn is_wrapped(tree: &Tree<'_>, node: &Node<'_>) -> bool {
    let Some(function) = node.function() else {
        return false;
    };
    let names = parameters(function);
    let count = names.len() + usize::from(function.parameters.vararg.is_some());
    let looks = names.first().is_some_and(|it| it.contains("status"))
        || names.get(1).is_some_and(|it| it.contains("header"));
    if count == 0 || !looks || !has_start_response(tree, node) {
        return false;
    }
    // An object can be called through its class.
    let class = tree
        .around(node)
        .next()
        .and_then(|outer| match outer.stmt() {
            Some(Stmt::ClassDef(class)) if function.name == *"__call__" => {
                Some(class.name.as_str())
            }
            _ => None,
        });
    // It is handed to an application: as the second argument of a call with environ.
    let Some(class) = class else {
        return !tree.index.handed_second(&function.name).is_empty();
    };
    let direct = |node: &Node<'_>| {
        let handed = node
            .expr()
            .and_then(call)
            .map(|(call, _)| argument(call, 1));
        let handed = handed.flatten().map(|it| tree.origins_of(it));
        let mut origins = handed.into_iter().flatten();
        origins.any(|it| call_of(it, class).is_some())
    };
    // Either the object is made there, or a name that it was given is handed on.
    let others = tree.at_all(tree.index.other_second());
    let made = tree
        .calls(class)
        .filter_map(|node| assigned_name(tree, node));
    let handed = made.flat_map(|name| tree.at_all(tree.index.handed_second(name)));
    others.chain(handed).any(direct)
}

/// Whether a function has a `start_response` to hand things on to: it calls one, or what is around
/// it was given one. A server, or a client for tests, has none.
fn has_start_response(tree: &Tree<'_>, node: &Node<'_>) -> bool {
    let of_class = || {
        let class = tree.class_around(node);
        class.is_some_and(|class| tree.inside(class).any(is_given_start))
    };
    tree.starts(node) || tree.around(node).any(is_given_start) || tree.is_method(node) && of_class()
}

/// Whether a node is a function with a `start_response` among its parameters.
pub fn is_given_start(node: &Node<'_>) -> bool {
    let function = node.function();
    function.is_some_and(|it| parameters(it).into_iter().any(is_start_response_name))
}

/// The variable or attribute that a call's value is assigned to.
fn assigned_name<'a>(tree: &Tree<'a>, node: &Node<'a>) -> Option<&'a str> {
    match tree.statement_of(node)?.stmt()? {
        Stmt::Assign(assign) => assign.targets.first().and_then(last_name),
        _ => None,
    }
}
