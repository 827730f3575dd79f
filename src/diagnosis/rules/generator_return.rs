//! A value that a generator returns, which nobody gets.

use ruff_python_ast::{Expr, Stmt, StmtReturn};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::look::{Look, at_each_file};
use crate::diagnosis::body;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree, call};
use crate::diagnosis::{Edit, Mistake};
use crate::exchange::EventKind;

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    at_each_file(case, |look| {
        let ran = case.ran_nodes(look.file, look.tree);
        let returns = ran.iter().filter_map(|node| look.lost_return(node));
        returns.collect()
    })
}

impl<'a> Look<'a, '_> {
    /// A `return` with a value in a function that is a generator because of a `yield` elsewhere in
    /// it.
    fn lost_return(&self, node: &Node<'a>) -> Option<Finding> {
        let Some(Stmt::Return(returned)) = node.stmt() else {
            return None;
        };
        let value = returned.value.as_deref()?;
        let tree = self.tree;
        let function = tree.function_around(node)?;
        if !tree.index.is_generator(function.at) || !may_be_body(tree, value) {
            return None;
        }
        let definition = function.function()?;
        // A decorator may make something else of it, and `yield from` gives the value to who asks
        // for it.
        let is_used = !definition.decorator_list.is_empty()
            || definition.is_async
            || definition.name.starts_with("__")
                && !matches!(definition.name.as_str(), "__iter__" | "__call__")
            || self.is_delegated_to(&definition.name)
            || tree
                .inside(node)
                .any(|it| matches!(it.expr(), Some(Expr::Yield(_))));
        if is_used {
            return None;
        }
        if !self.is_of_body(function, &definition.name) {
            return None;
        }
        let mut yields = tree
            .own_nodes(function)
            .filter(|it| matches!(it.expr(), Some(Expr::Yield(_) | Expr::YieldFrom(_))));
        let message = format!(
            "the yield on line {} makes {}() a generator, and what a generator returns is lost",
            yields.next()?.line,
            definition.name
        );
        let finding = self.finding(Mistake::ReturnInGenerator, message, node);
        Some(finding.with_edit(self.yielded(node, returned, value)))
    }

    /// Whether a generator was, or should have been, a part of the body.
    fn is_of_body(&self, function: &Node<'a>, called: &str) -> bool {
        let returned = self.case.run.kinds().find_map(|(_, kind)| match kind {
            EventKind::Returned { r#type, name, .. } => Some((r#type.as_str(), name.as_deref())),
            _ => None,
        });
        let Some((kind, name)) = returned else {
            return false;
        };
        let class = self.tree.class_around(function).and_then(Node::stmt);
        let of_returned = matches!(class, Some(Stmt::ClassDef(it)) if it.name == *kind);
        let is_called = || {
            let parts = body::parts(self.case, &|_, _| false);
            parts.iter().any(|part| part.node.called() == Some(called))
        };
        name == Some(called)
            || of_returned
            || self.case.gave_body(self.file, function)
            || is_called()
    }

    /// Whether some generator of the project goes on with this one.
    fn is_delegated_to(&self, name: &str) -> bool {
        self.case.trees().any(|(_, tree)| {
            let mut calls = tree.calls(name);
            calls.any(|node| {
                let outer = tree.parent(node).and_then(Node::expr);
                matches!(outer, Some(Expr::YieldFrom(_) | Expr::Await(_)))
            })
        })
    }

    /// The statement as a `yield`, and then the end.
    fn yielded(&self, node: &Node<'a>, returned: &StmtReturn, value: &Expr) -> Option<Edit> {
        let source = self.tree.source;
        let given = match value {
            Expr::List(list) if list.elts.len() == 1 => {
                format!("yield {}", source.code(list.elts.first()?))
            }
            _ => format!("yield from {}", source.code(value)),
        };
        let indent = source.indent_of(node.line);
        let code = if self.is_last(node) {
            given
        } else {
            format!("{given}\n{indent}return")
        };
        Edit::replacing(source, self.file, returned.range(), &code)
    }

    /// Whether nothing follows a statement in its function.
    fn is_last(&self, node: &Node<'a>) -> bool {
        let function = self.tree.function_around(node);
        function.is_some_and(|it| it.end == node.end)
    }
}

/// Whether a value may have been meant as a body: it is iterable, as far as that can be seen, and
/// not empty.
fn may_be_body(tree: &Tree<'_>, value: &Expr) -> bool {
    let mut origins = tree.origins_of(value).into_iter();
    origins.any(|it| match it {
        Expr::List(list) => !list.elts.is_empty(),
        Expr::Tuple(tuple) => !tuple.elts.is_empty(),
        Expr::BytesLiteral(bytes) => !bytes.value.is_empty(),
        Expr::StringLiteral(text) => !text.value.is_empty(),
        Expr::FString(_) | Expr::ListComp(_) | Expr::Generator(_) | Expr::Subscript(_) => true,
        Expr::Call(outer) => {
            let (_, called) = call(it).unwrap_or((outer, ""));
            let first = outer.arguments.args.first();
            let is_empty = first.is_some_and(|it| match it {
                Expr::Tuple(tuple) => tuple.elts.is_empty(),
                Expr::List(list) => list.elts.is_empty(),
                _ => false,
            });
            let is_number = matches!(called, "len" | "sum" | "int");
            !(is_number || called == "iter" && is_empty)
        }
        _ => false,
    })
}
