//! What code for Python 2 does with values, and Python 3 does in another way: it divides two whole
//! numbers, decodes a `str`, and asks an iterator for its next item.

use ruff_python_ast::{Expr, Operator};
use ruff_text_size::{Ranged as _, TextRange, TextSize};

use super::Finding;
use super::thrown::{Thrown, told};
use crate::diagnosis::Spot;
use crate::diagnosis::fix::with_parentheses;
use crate::diagnosis::source::{Node, Tree, argument, call, environ_key, literal, method};
use crate::diagnosis::{Edit, Mistake};

/// What decodes text itself: what it gives is no bytes in the form of text.
const DECODERS: &[&str] = &["parse_qs", "parse_qsl", "unquote", "unquote_plus", "loads"];
/// Encodings of text. (Python 2 had others, such as hex, that made something else of it.)
const ENCODINGS: &[&str] = &["utf", "latin", "ascii", "iso", "cp125"];

/// An exception because of it.
pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    match thrown.raised.r#type.as_str() {
        "AttributeError" => decoded(thrown).or_else(|| next_called(thrown)),
        "TypeError" => next_defined(thrown).or_else(|| divided(thrown)),
        _ => None,
    }
}

/// A `str` that was to be decoded: it is text already, or, in environ, bytes in the form of
/// latin-1.
fn decoded(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.says("'str' object has no attribute 'decode'") {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let (node, on, call) = thrown.exprs().into_iter().find_map(|(node, expr)| {
        let (on, called, call) = method(expr)?;
        (called == "decode").then_some((node, on, call))
    })?;
    let is_decoder =
        |it: &Expr| call_named(it).is_some_and(|it| DECODERS.contains(&tree.imported(it)));
    let makings = tree.makings(tree.node_of(on)?, &is_decoder);
    let of_environ = makings.into_iter().any(|it| environ_key(it).is_some());
    let code = with_parentheses(tree.source, on);
    let (what, code) = if of_environ {
        let arguments = tree.source.code(&call.arguments);
        (
            "a str of environ holds bytes as latin-1, and encode('latin-1') gives them",
            format!("{code}.encode('latin-1').decode{arguments}"),
        )
    } else {
        ("a str is text already in Python 3", code)
    };
    let is_encoding = argument(call, 0).and_then(literal).is_none_or(|it| {
        let it = it.to_ascii_lowercase();
        ENCODINGS.iter().any(|known| it.starts_with(known))
    });
    let message = format!("this is Python 2: {}; {what}", told(thrown.raised));
    let finding = thrown.finding_with(Mistake::PythonTwoCode, message, thrown.spot_of(&node));
    let edit = is_encoding.then(|| Edit::replacing(tree.source, thrown.file, node.range(), &code));
    Some(finding.with_only_edit(edit.flatten()))
}

fn call_named(expr: &Expr) -> Option<&str> {
    call(expr).map(|(_, called)| called)
}

/// `iterator.next()`.
fn next_called(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.says("has no attribute 'next'") {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let (node, on) = thrown.exprs().into_iter().find_map(|(node, expr)| {
        let (on, called, call) = method(expr)?;
        (called == "next" && call.arguments.is_empty()).then_some((node, on))
    })?;
    let message = format!(
        "this is Python 2: {}; Python 3 has the function next()",
        told(thrown.raised)
    );
    let code = format!("next({})", tree.source.code(on));
    let edit = Edit::replacing(tree.source, thrown.file, node.range(), &code);
    let finding = thrown.finding_with(Mistake::PythonTwoCode, message, thrown.spot_of(&node));
    Some(finding.with_edit(edit))
}

/// A class whose iterators have a method `next`, which is called `__next__` now.
fn next_defined(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    if !thrown.says("non-iterator of type") && !thrown.says("object is not an iterator") {
        return None;
    }
    let class = thrown.raised.message.split('\'').nth(1)?;
    thrown.case.trees().find_map(|(file, tree)| {
        let class = tree.class(class)?;
        let node = tree.methods(class, "next").next()?;
        if tree.methods(class, "__next__").next().is_some() {
            return None;
        }
        let message = format!(
            "this is Python 2: {}; the method next is called __next__ in Python 3",
            told(thrown.raised)
        );
        let spot = Spot::of(file, tree.def_span(node));
        let finding = thrown.finding_with(Mistake::PythonTwoCode, message, Some(spot));
        let is_method = |it: &Node<'_>| it.expr().and_then(method).is_some();
        let is_called = tree.calls("next").any(is_method);
        let name = node.function()?.name.range();
        let edit = (!is_called).then(|| Edit::replacing(tree.source, file, name, "__next__"));
        Some(finding.with_only_edit(edit.flatten()))
    })
}

/// A division that gave a whole number in Python 2, where only a whole number will do.
fn divided(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let is_whole = [
        "slice indices must be integers",
        "indices must be integers or slices, not float",
        "'float' object cannot be interpreted as an integer",
        "can't multiply sequence by non-int of type 'float'",
    ];
    if !is_whole.iter().any(|it| thrown.says(it)) {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let exprs = thrown.exprs();
    let mut wanted = exprs.iter().flat_map(|(_, expr)| wanted_whole(expr));
    let (node, division) = wanted.find_map(|it| division(tree, it))?;
    let (left, right) = (division.left.range().end(), division.right.range().start());
    let between = tree.source.code(&TextRange::new(left, right));
    let at = left + TextSize::try_from(between.find('/')?).ok()?;
    let edit = Edit::replacing(
        tree.source,
        thrown.file,
        TextRange::new(at, at + TextSize::new(1)),
        "//",
    );
    let message = format!(
        "{}: / gives a float in Python 3, and // a whole number",
        told(thrown.raised)
    );
    let finding = thrown.finding_with(Mistake::PythonTwoCode, message, thrown.spot_of(&node));
    Some(finding.with_edit(edit))
}

/// The parts of an expression that must be whole numbers.
fn wanted_whole(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Subscript(it) => match &*it.slice {
            Expr::Slice(slice) => {
                let bounds = [&slice.lower, &slice.upper, &slice.step];
                bounds.into_iter().flatten().map(|it| &**it).collect()
            }
            index => vec![index],
        },
        Expr::BinOp(it) if it.op == Operator::Mult => vec![&it.left, &it.right],
        _ => match call(expr) {
            Some((outer, "range" | "islice" | "chr")) => outer.arguments.args.iter().collect(),
            _ => Vec::new(),
        },
    }
}

/// The only division that a number is made of.
fn division<'a>(
    tree: &Tree<'a>,
    number: &Expr,
) -> Option<(Node<'a>, &'a ruff_python_ast::ExprBinOp)> {
    // What is called makes another number of it.
    let makings = tree.makings(tree.node_of(number)?, &|it| it.is_call_expr());
    let mut divisions = makings.into_iter().filter_map(|it| match it {
        Expr::BinOp(sum) if sum.op == Operator::Div => Some((*tree.node_of(it)?, sum)),
        _ => None,
    });
    let found = divisions.next()?;
    divisions.next().is_none().then_some(found)
}
