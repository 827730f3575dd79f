//! Middleware: an application to the server, and a server to the application inside it (PEP 3333,
//! Middleware: Components that Play Both Sides).

use std::collections::BTreeSet;

use ruff_python_ast::{Expr, ExprCall, Stmt};

use super::Finding;
use super::breach::is_dict_of;
use super::look::{Look, at_each_file, while_steps_last};
use super::thrown::Thrown;
use super::wrapped::{is_given_start, is_wrapped};
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{
    Node, Tree, argument, call, call_of, is_application, is_environ_name, is_start_response_name,
    last_name, method, name, parameters,
};
use crate::exchange::EventKind;

/// Calls of which the result is sent before the body: its length, or a digest for an `ETag`.
const TAKE_WHOLE: &[&str] = &[
    "len", "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s",
    "crc32", "adler32",
];

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    at_each_file(case, |look| {
        let ran = case.ran_nodes(look.file, look.tree);
        let functions: BTreeSet<usize> = ran.iter().filter_map(|node| node.function).collect();
        let functions = functions.into_iter().filter_map(|at| look.tree.at(at));
        let mut found = while_steps_last(case, functions, |node| look.wrapped(node));
        found.extend(while_steps_last(case, ran.iter(), |node| {
            look.passed_on(node)
        }));
        found
    })
}

impl<'a> Look<'a, '_> {
    /// A wrapped `start_response` that ran: what it cannot take, and what it does not return.
    fn wrapped(&self, node: &Node<'a>) -> Vec<Finding> {
        let tree = self.tree;
        let Some(function) = node.function() else {
            return Vec::new();
        };
        if !is_wrapped(tree, node) {
            return Vec::new();
        }
        let spot = Some(Spot::of(self.file, tree.def_span(node)));
        let mut found = Vec::new();
        if takes_two(node) {
            let message = format!(
                "{}() takes status and headers only: it fails when the application gives exc_info",
                function.name
            );
            let finding = Finding::new(
                Mistake::MiddlewareNoExcInfo,
                message,
                spot.clone(),
                self.at(),
            );
            found.push(finding.latent());
        }
        if tree.returned_by(node).is_empty() {
            let message = format!(
                "{}() returns nothing: an application that calls write() fails",
                function.name
            );
            found.push(Finding::new(Mistake::MiddlewareNoWrite, message, spot, self.at()).latent());
        }
        found
    }

    fn passed_on(&self, node: &Node<'a>) -> Vec<Finding> {
        let rules: [fn(&Self, &Node<'a>) -> Option<Finding>; 4] = [
            Self::joins,
            Self::keeps_in_self,
            Self::through_dict,
            Self::lambda,
        ];
        let mut found = Vec::new();
        for rule in rules {
            if let Some(finding) = rule(self, node) {
                found.push(finding);
            }
        }
        found
    }

    /// A wrapped `start_response` that is a lambda with two parameters.
    fn lambda(&self, node: &Node<'a>) -> Option<Finding> {
        let (call, _) = call(node.expr()?)?;
        if !calls_application(call) {
            return None;
        }
        let (node, lambda) = self
            .tree
            .origins_of(argument(call, 1)?)
            .into_iter()
            .find_map(|it| match it {
                Expr::Lambda(lambda) => Some((self.tree.node_of(it)?, lambda)),
                _ => None,
            })?;
        let parameters = lambda.parameters.as_ref()?;
        let two =
            parameters.len() == 2 && parameters.vararg.is_none() && parameters.kwarg.is_none();
        let message = "the lambda takes status and headers only: it fails when the application gives exc_info";
        two.then(|| {
            self.finding(Mistake::MiddlewareNoExcInfo, message, node)
                .latent()
        })
    }

    /// The whole body joined, before the first of it leaves.
    fn joins(&self, node: &Node<'a>) -> Option<Finding> {
        let (_, _, call) = method(node.expr()?).filter(|(_, name, _)| *name == "join")?;
        let body = argument(call, 0)?;
        let iterated = match body {
            Expr::Generator(it) => &it.generators.first()?.iter,
            Expr::ListComp(it) => &it.generators.first()?.iter,
            other => other,
        };
        let message = "the whole body is joined before any of it is sent: nothing streams";
        // A server, or a client for tests, has to join it.
        let is_middleware = self.is_given_start_response(node);
        (is_middleware && self.call_inside(iterated).is_some() && !self.is_taken_whole(node))
            .then(|| self.finding(Mistake::MiddlewareJoinsBody, message, node))
    }

    /// Whether a joined body is given to something that needs all of it, such as `len()` for a
    /// Content-Length.
    fn is_taken_whole(&self, joined: &Node<'a>) -> bool {
        let tree = self.tree;
        let calls = TAKE_WHOLE.iter().flat_map(|called| tree.calls(called));
        calls
            .filter_map(|node| tree.node_of(argument(call(node.expr()?)?.0, 0)?))
            .flat_map(|given| tree.all_makings(given))
            .filter_map(|part| tree.node_of(part))
            .any(|part| part.at == joined.at)
    }

    /// Whether a function around a node, or a method of the class around it, is given a
    /// `start_response`.
    fn is_given_start_response(&self, node: &Node<'a>) -> bool {
        let tree = self.tree;
        let class = tree.class_around(node);
        let is_called_by_one = || {
            let function = tree.function_around(node).and_then(Node::function);
            let mut calls = function.into_iter().flat_map(|it| tree.calls(&it.name));
            calls.any(|call| tree.around(call).any(is_given_start))
        };
        // One that was given it when it was made has it all the time.
        let is_made_with_one =
            || class.is_some_and(|class| tree.methods(class, "__init__").any(is_given_start));
        tree.around(node).any(is_given_start) || is_made_with_one() || is_called_by_one()
    }

    /// The call of an application inside that returned what is iterated.
    pub fn call_inside(&self, iterated: &Expr) -> Option<&'a Expr> {
        let tree = self.tree;
        // iter(body), and the like, iterate the same.
        tree.origins_of(iterated).into_iter().find_map(|origin| {
            if is_application_call(origin) {
                return Some(origin);
            }
            let of = call_of(origin, "iter").and_then(|call| argument(call, 0))?;
            let mut origins = tree.origins_of(of).into_iter();
            origins.find(|it| is_application_call(it))
        })
    }

    /// Something of this request kept in an object that serves all of them.
    fn keeps_in_self(&self, node: &Node<'a>) -> Option<Finding> {
        let tree = self.tree;
        let Some(Stmt::Assign(assign)) = node.stmt() else {
            return None;
        };
        let target = assign.targets.iter().find(|it| is_of_self(it))?;
        let attribute = last_name(target)?;
        let mut around = tree.around(node);
        let functions: Vec<&Node<'_>> = around
            .by_ref()
            .take_while(|it| !matches!(it.stmt(), Some(Stmt::ClassDef(_))))
            .filter(|it| it.function().is_some())
            .collect();
        let method = functions.last()?.function()?;
        let class = tree.class_around(node)?;
        if method.name == *"__init__" || !self.is_shared_application(class) {
            return None;
        }
        let of_call = |names: Vec<&'a str>| -> Vec<&'a str> {
            let names = names.into_iter();
            names
                .filter(|it| is_environ_name(it) || is_start_response_name(it))
                .collect()
        };
        let is_call = method.name == *"__call__" && is_application(method);
        let names: Vec<&str> = functions
            .iter()
            .filter_map(|it| it.function())
            .flat_map(|it| {
                // A wrapped start_response is given what is of this request, too.
                if is_call {
                    parameters(it)
                } else {
                    of_call(parameters(it))
                }
            })
            .collect();
        if names.is_empty() {
            return None;
        }
        let value = tree.node_of(&assign.value)?;
        let mut parts = tree.inside(value).chain([value]).filter_map(Node::expr);
        let of_request = parts.any(|part| {
            let direct = name(part).is_some_and(|it| names.contains(&it));
            let through = || {
                let inside = tree
                    .origins_of(part)
                    .into_iter()
                    .filter_map(|it| tree.node_of(it));
                inside.into_iter().any(|it| {
                    let mut parts = tree.inside(it).chain([it]).filter_map(Node::expr);
                    parts.any(|it| name(it).is_some_and(|it| names.contains(&it)))
                })
            };
            direct || part.is_name_expr() && through()
        });
        let message = format!(
            "self.{attribute} belongs to this request, but self serves all: two at once mix it up"
        );
        of_request.then(|| self.finding(Mistake::MiddlewareSharedState, message, node))
    }

    /// Whether the objects of a class are applications, made once for all requests.
    fn is_shared_application(&self, class: &Node<'a>) -> bool {
        let tree = self.tree;
        let Some(Stmt::ClassDef(definition)) = class.stmt() else {
            return false;
        };
        let mut called = tree.methods(class, "__call__").filter_map(Node::function);
        let serves = called.any(is_application);
        // One that was made while this request was answered serves this request alone.
        let per_request = self.case.trees().any(|(file, tree)| {
            let mut made = tree.calls(&definition.name);
            made.any(|node| node.function.is_some() && self.case.ran(file, &tree, node))
        });
        let is_the_application = || {
            let callable = self.case.callable().map(|(_, name)| name);
            callable == Some(definition.name.as_str())
        };
        let made_once = || {
            self.case.trees().any(|(_, tree)| {
                let mut made = tree.calls(&definition.name);
                made.any(|node| node.function.is_none())
            })
        };
        serves && !per_request && (is_the_application() || made_once())
    }

    /// `dict(headers)` of which the headers are made again.
    fn through_dict(&self, node: &Node<'a>) -> Option<Finding> {
        let tree = self.tree;
        let expr = node.expr().filter(|it| is_dict_of(it))?;
        let function = tree.function_around(node)?;
        let of_headers = tree.inside(node).filter_map(Node::expr).any(|it| {
            name(it).is_some_and(|it| it.contains("header"))
                && parameters_of(function).contains(&name(it).unwrap_or_default())
        });
        if !of_headers || !is_wrapped(tree, function) {
            return None;
        }
        let gives_items = tree.inside(function).filter_map(Node::expr).any(|it| {
            let Some((on, "items", _)) = method(it) else {
                return false;
            };
            let mut origins = tree.origins_of(on).into_iter();
            let from_dict = origins.any(|it| std::ptr::eq(it, expr));
            let handed_on = tree.node_of(it).is_some_and(|it| {
                tree.around(it).filter_map(Node::expr).any(|it| {
                    call(it).is_some_and(|(_, called)| {
                        called == "list" || is_start_response_name(called)
                    })
                })
            });
            from_dict && handed_on
        });
        let message = "a dict keeps each name once: one of two Set-Cookie is lost";
        gives_items.then(|| self.finding(Mistake::HeadersThroughDict, message, node))
    }
}

fn parameters_of<'a>(node: &Node<'a>) -> Vec<&'a str> {
    node.function().map(parameters).unwrap_or_default()
}

/// Whether something is an attribute of `self`.
fn is_of_self(target: &Expr) -> bool {
    matches!(target, Expr::Attribute(it) if name(&it.value) == Some("self"))
}

/// Whether a call is that of an application: with environ, and a `start_response` of some kind.
pub fn calls_application(call: &ExprCall) -> bool {
    if call.arguments.args.len() != 2 {
        return false;
    }
    let named = |place: usize| argument(call, place).and_then(last_name);
    let environ = named(0).is_some_and(is_environ_name)
        || argument(call, 0).is_some_and(|it| call_of(it, "dict").is_some());
    let starts = named(1).is_some_and(|it| !it.is_empty() && it != "name")
        || matches!(argument(call, 1), Some(Expr::Lambda(_)));
    let setter = matches!(
        last_name(&call.func),
        Some("getattr" | "isinstance" | "setup_testing_defaults" | "shift_path_info" | "__init__")
    );
    environ && starts && !setter
}

/// Whether an expression is such a call.
pub fn is_application_call(expr: &Expr) -> bool {
    matches!(expr, Expr::Call(call) if calls_application(call))
}

/// Whether a wrapped `start_response` has no place for `exc_info`.
fn takes_two(node: &Node<'_>) -> bool {
    node.function().is_some_and(|function| {
        parameters(function).len() == 2
            && function.parameters.vararg.is_none()
            && function.parameters.kwonlyargs.is_empty()
    })
}

pub fn thrown(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    no_exc_info(thrown).or_else(|| early_status(thrown))
}

fn no_exc_info(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let arguments = thrown.says("positional argument") || thrown.says("unexpected keyword");
    if !thrown.is(&["TypeError"]) || !arguments {
        return None;
    }
    let called = thrown.raised.message.split("()").next()?;
    let called = called.rsplit('.').next()?;
    let case = thrown.case;
    case.trees().find_map(|(file, tree)| {
        let spot = if called == "<lambda>" {
            let mut calls = tree.at_all(tree.index.other_second());
            let node = calls.find(|node| match node.expr() {
                Some(Expr::Call(call)) => {
                    calls_application(call) && matches!(argument(call, 1), Some(Expr::Lambda(_)))
                }
                _ => false,
            })?;
            tree.span(node)
        } else {
            let node = tree
                .functions(called)
                .find(|node| takes_two(node) && is_wrapped(&tree, node))?;
            tree.def_span(node)
        };
        let message = format!(
            "the application gave exc_info, and the middleware's {called}() does not take it"
        );
        Some(thrown.finding_with(
            Mistake::MiddlewareNoExcInfo,
            message,
            Some(Spot::of(file, spot)),
        ))
    })
}

/// A status that a generator has not given yet.
fn early_status(thrown: &Thrown<'_, '_>) -> Option<Finding> {
    let kinds = [
        "KeyError",
        "IndexError",
        "AttributeError",
        "UnboundLocalError",
        "NameError",
        "TypeError",
        "ValueError",
    ];
    let before = thrown.case.run.kinds().take(thrown.at);
    let started = before
        .map(|(_, kind)| kind)
        .any(|kind| matches!(kind, EventKind::StartResponse(_)));
    if started || !thrown.is(&kinds) {
        return None;
    }
    let tree = thrown.tree.as_ref()?;
    let function = tree.function_at(thrown.line)?;
    let wrappers = || tree.all_functions().filter(|it| is_wrapped(tree, it));
    let inside = |it: &Node<'_>| function.range().contains_range(it.range());
    let here = wrappers()
        .filter(|it| inside(it))
        .flat_map(|it| kept_by(tree, it));
    let here: Vec<&str> = here.collect();
    let anywhere: Vec<&str> = wrappers().flat_map(|it| kept_by(tree, it)).collect();
    let here = tree.exprs_at(thrown.line).any(|(_, expr)| match expr {
        Expr::Name(it) => here.contains(&it.id.as_str()),
        Expr::Attribute(it) => anywhere.contains(&it.attr.as_str()),
        _ => false,
    });
    here.then(|| {
        let message = format!(
            "the status was looked at before start_response was called: {}: {}",
            thrown.raised.r#type, thrown.raised.message
        );
        thrown.finding_with(Mistake::MiddlewareEarlyStatus, message, None)
    })
}

/// The variables a wrapped `start_response` keeps something in.
fn kept_by<'a>(tree: &Tree<'a>, wrapper: &Node<'a>) -> Vec<&'a str> {
    let mut kept = Vec::new();
    let mut base = |expr: &'a Expr| match expr {
        Expr::Subscript(it) => kept.extend(last_name(&it.value)),
        Expr::Attribute(_) | Expr::Name(_) => kept.extend(last_name(expr)),
        Expr::Tuple(it) => kept.extend(it.elts.iter().filter_map(last_name)),
        _ => {}
    };
    for node in tree.own_nodes(wrapper) {
        match (node.stmt(), node.expr()) {
            (Some(Stmt::Assign(it)), _) => it.targets.iter().for_each(&mut base),
            (_, Some(expr)) => {
                if let Some((on, "append" | "extend" | "update" | "setdefault" | "add", _)) =
                    method(expr)
                {
                    base(on);
                }
            }
            _ => {}
        }
    }
    kept
}
