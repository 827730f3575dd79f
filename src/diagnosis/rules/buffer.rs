//! A file that was written to and handed over at its end, so that nothing of it is sent.

use ruff_python_ast::{Expr, Stmt};

use super::Finding;
use crate::diagnosis::Spot;
use crate::diagnosis::case::{Case, Made};
use crate::diagnosis::source::{Node, Tree, argument, call, method, name};
use crate::diagnosis::{Edit, Mistake};
use crate::exchange::EventKind;

/// What makes an empty file of bytes that can be written to.
const MAKERS: &[&str] = &[
    "BytesIO",
    "TemporaryFile",
    "SpooledTemporaryFile",
    "NamedTemporaryFile",
];

/// What writes into a file.
const WRITES: &[&str] = &[
    "write",
    "writelines",
    "writerow",
    "writerows",
    "writestr",
    "writeheader",
    "dump",
    "save",
    "savefig",
];

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    find_one(case).into_iter().collect()
}

fn find_one(case: &Case<'_>) -> Option<Finding> {
    let at = empty_answer(case)?;
    let made = case.returned()?;
    let (file, node) = handed_over(case, &made)?;
    let tree = &made.tree;
    let maker = maker(tree, file)?;
    let writes = WRITES.iter().find_map(|called| {
        let mut calls = tree.calls(called);
        calls.find(|it| case.ran(made.file, tree, it) && writes_into(tree, it, maker))
    })?;
    let rewinds = ["seek", "getvalue", "getbuffer", "truncate"]
        .iter()
        .any(|called| {
            let mut calls = tree.calls(called);
            calls.any(|it| case.ran(made.file, tree, it) && rewinds(it))
        });
    if rewinds {
        return None;
    }
    let code = tree.source.code(file);
    let message = format!(
        "{code} was written to on line {}, and is read from where writing ended: nothing is sent",
        writes.line
    );
    let spot = Some(Spot::of(made.file, tree.span(&node)));
    let finding = Finding::new(Mistake::BytesioNotRewound, message, spot, at);
    Some(finding.with_edit(rewound(&made, &node, file)))
}

/// Where an answer of the application's was whole, with status 200 and without a byte.
fn empty_answer(case: &Case<'_>) -> Option<usize> {
    let moment = case.exchange().now();
    let answered = case.run.answered();
    let is_empty = answered.ok && answered.bytes == 0 && !answered.is_cut_off;
    if !is_empty || moment.request.as_ref()?.method == "HEAD" {
        return None;
    }
    let returned = |kind: &EventKind| matches!(kind, EventKind::Returned { .. });
    let (at, _) = case.run.kinds().rfind(|(_, kind)| returned(kind))?;
    Some(at)
}

/// The file that is sent, and the expression that hands it over or reads it.
fn handed_over<'a>(case: &Case<'a>, made: &Made<'a>) -> Option<(&'a Expr, Node<'a>)> {
    let tree = &made.tree;
    let returned = made.expr?;
    if maker(tree, returned).is_some() && name(returned).is_some() {
        return Some((returned, *tree.node_of(returned)?));
    }
    if let Some((wraps, _)) = call(returned)
        && let Some(file) = argument(wraps, 0)
        && tree.functions(call(returned)?.1).next().is_none()
        && maker(tree, file).is_some()
    {
        return Some((file, *tree.node_of(returned)?));
    }
    // Reading it is what is left to a generator, or to a list.
    let read = tree.calls("read").find(|node| {
        let on = node.expr().and_then(method).map(|(on, _, _)| on);
        case.ran(made.file, tree, node) && on.is_some_and(|on| maker(tree, on).is_some())
    })?;
    let (on, _, _) = method(read.expr()?)?;
    Some((on, *read))
}

/// The call that made a file, empty and for writing.
fn maker<'a>(tree: &Tree<'a>, expr: &Expr) -> Option<&'a Expr> {
    let mut makers = tree.origins_of(expr).into_iter().filter(|it| {
        call(it).is_some_and(|(made, called)| {
            MAKERS.contains(&called) && (called != "BytesIO" || made.arguments.args.is_empty())
        })
    });
    let maker = makers.next()?;
    makers.next().is_none().then_some(maker)
}

/// Whether a call writes into a file: it is a method of it, is given it, or is a method of what was
/// made for it.
fn writes_into(tree: &Tree<'_>, node: &Node<'_>, maker: &Expr) -> bool {
    let Some((outer, _)) = node.expr().and_then(call) else {
        return false;
    };
    let is_it = |expr: &Expr| {
        let mut made = tree.all_makings_of(expr).into_iter();
        made.any(|it| std::ptr::eq(it, maker))
    };
    let on = node.expr().and_then(method).map(|(on, _, _)| on);
    on.is_some_and(is_it) || outer.arguments.args.iter().any(is_it)
}

/// Whether a call takes a file back to its beginning, or gives all of it.
fn rewinds(node: &Node<'_>) -> bool {
    node.expr().and_then(call).is_some_and(|(call, called)| {
        // seek(0, os.SEEK_END) asks how long it is.
        called != "seek" || call.arguments.args.len() < 2
    })
}

/// The line that hands the file over, with one before it that rewinds it.
fn rewound(made: &Made<'_>, node: &Node<'_>, file: &Expr) -> Option<Edit> {
    let tree = &made.tree;
    let statement = tree.statement_of(node)?;
    let returns = matches!(statement.stmt(), Some(Stmt::Return(_)));
    if !returns || statement.line != statement.last_line || name(file).is_none() {
        return None;
    }
    let indent = tree.source.indent_of(statement.line);
    if tree.source.whole_line(statement.line).columns.0
        != tree.source.span(statement.range()).columns.0
    {
        return None;
    }
    let code = tree.source.code(file);
    let end = tree.source.code(&statement.range());
    Some(Edit {
        file: made.file.to_owned(),
        line: statement.line,
        end_line: statement.line,
        text: format!("{indent}{code}.seek(0)\n{indent}{end}"),
    })
}
