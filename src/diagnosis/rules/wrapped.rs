//! Recognises a middleware's own `start_response`: a function that is passed on in its place.

use ruff_python_ast::Stmt;

use crate::diagnosis::source::{
    Node, Tree, argument, call, call_of, is_start_response_name, last_name, parameters,
};

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
