//! Where values come from: definitions and uses of one file, followed without recursion, each
//! answer kept for the diagnosis it was made for and paid for from its budget.

use std::collections::VecDeque;
use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};
use rustc_hash::FxHashSet;

use super::index::Value;
use super::node::Node;
use super::shapes::{
    argument, call, generators_of, last_name, look_up, name, names_in, parameters,
};
use super::tree::Tree;

/// How far a variable is followed to where its value comes from.
const MAX_HOPS: usize = 4;

/// Methods of Python's own types.
const BUILTIN_METHODS: &[&str] = &[
    "append",
    "close",
    "copy",
    "count",
    "decode",
    "encode",
    "endswith",
    "extend",
    "find",
    "format",
    "get",
    "getvalue",
    "index",
    "insert",
    "items",
    "join",
    "keys",
    "lower",
    "lstrip",
    "partition",
    "pop",
    "read",
    "readline",
    "readlines",
    "replace",
    "rpartition",
    "rsplit",
    "rstrip",
    "seek",
    "setdefault",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "title",
    "update",
    "upper",
    "values",
    "write",
];

impl<'a> Tree<'a> {
    /// Forgets what was answered, so that the next diagnosis pays for its own.
    pub fn forget_answers(&self) {
        self.answers.origins.borrow_mut().clear();
        self.answers.makings.borrow_mut().clear();
    }

    /// Where the value of an expression may have come from: followed through the variables of its
    /// function, and through the functions of this file that it calls. The expression itself is
    /// first.
    pub fn origins(&self, node: &Node<'a>) -> Vec<&'a Expr> {
        let known = self.answers.origins.borrow().get(&node.at).cloned();
        let places = known.unwrap_or_else(|| {
            let found: Rc<[usize]> = self.find_origins(node).into();
            let mut origins = self.answers.origins.borrow_mut();
            origins.insert(node.at, Rc::clone(&found));
            found
        });
        self.exprs_of(&places)
    }

    fn find_origins(&self, node: &Node<'a>) -> Vec<usize> {
        let mut found = Vec::new();
        let mut seen = FxHashSet::default();
        let mut rest: VecDeque<(&'a Expr, usize)> =
            node.expr().map(|it| (it, 0)).into_iter().collect();
        let mut values = Vec::new();
        while let Some((expr, hops)) = rest.pop_front() {
            let Some(node) = self.node_of(expr).filter(|node| seen.insert(node.at)) else {
                continue;
            };
            found.push(node.at);
            if hops == MAX_HOPS {
                continue;
            }
            values.clear();
            self.values_of(node, expr, &mut values);
            if !self.budget.take(1 + values.len()) {
                break;
            }
            rest.extend(values.iter().map(|&value| (value, hops + 1)));
        }
        found
    }

    /// The expressions at these places. Whoever asks goes through all of them, and pays for that.
    fn exprs_of(&self, places: &[usize]) -> Vec<&'a Expr> {
        self.budget.take(places.len());
        let nodes = places.iter().filter_map(|&place| self.at(place));
        nodes.filter_map(Node::expr).collect()
    }

    /// The origins of an expression; none where it stands in another file.
    pub fn origins_of(&self, expr: &Expr) -> Vec<&'a Expr> {
        let node = self.node_of(expr);
        node.map(|node| self.origins(node)).unwrap_or_default()
    }

    /// Everything an expression is made of, followed through its parts and their origins to their
    /// end; what `stop` says yes to is left out, with its parts.
    pub fn makings(&self, node: &Node<'a>, stop: &dyn Fn(&Expr) -> bool) -> Vec<&'a Expr> {
        let places = self.find_makings(node, stop);
        self.exprs_of(&places)
    }

    fn find_makings(&self, node: &Node<'a>, stop: &dyn Fn(&Expr) -> bool) -> Vec<usize> {
        let mut found = Vec::new();
        let mut seen = FxHashSet::default();
        let mut variables = FxHashSet::default();
        let mut rest: Vec<&'a Expr> = node.expr().into_iter().collect();
        while let Some(expr) = rest.pop() {
            let Some(node) = self.node_of(expr).filter(|node| seen.insert(node.at)) else {
                continue;
            };
            if stop(expr) {
                continue;
            }
            found.push(node.at);
            let before = rest.len();
            // The values of a variable are the same wherever it is used in its function.
            let is_new = name(expr).is_none_or(|it| variables.insert((node.function, it)));
            if is_new {
                self.values_of(node, expr, &mut rest);
                self.bound_to(node, &mut rest);
            }
            rest.extend(self.children(node).filter_map(Node::expr));
            if !self.budget.take(1 + rest.len() - before) {
                break;
            }
        }
        found
    }

    /// All that an expression is made of, with nothing left out.
    pub fn all_makings(&self, node: &Node<'a>) -> Vec<&'a Expr> {
        let known = self.answers.makings.borrow().get(&node.at).cloned();
        let places = known.unwrap_or_else(|| {
            let made: Rc<[usize]> = self.find_makings(node, &|_| false).into();
            let mut makings = self.answers.makings.borrow_mut();
            makings.insert(node.at, Rc::clone(&made));
            made
        });
        self.exprs_of(&places)
    }

    /// All that an expression is made of; nothing where it stands in another file.
    pub fn all_makings_of(&self, expr: &Expr) -> Vec<&'a Expr> {
        let node = self.node_of(expr);
        node.map(|node| self.all_makings(node)).unwrap_or_default()
    }

    /// What an expression's value may be, one step back.
    fn values_of(&self, node: &Node<'a>, expr: &'a Expr, values: &mut Vec<&'a Expr>) {
        match expr {
            Expr::Name(variable) => {
                let variable = variable.id.as_str();
                values.extend(self.assigned(variable, node.function));
                let handed = self.handed_over(variable, node.function);
                values.extend(handed.into_iter().map(|(value, _)| value));
            }
            Expr::BoolOp(either) => values.extend(&either.values),
            Expr::If(either) => values.extend([&*either.body, &*either.orelse]),
            Expr::Attribute(attribute) if name(&attribute.value) == Some("self") => {
                if let Some(class) = self.class_around(node) {
                    let kept = self.index.attributes(class.at, attribute.attr.as_str());
                    values.extend(kept.iter().map(|(value, _)| *value));
                }
            }
            Expr::Subscript(_) => {
                if let Some(key) = look_up(expr).map(|it| it.key) {
                    values.extend(self.index.keys(key).iter().map(|(value, _)| *value));
                }
            }
            Expr::Call(call) => {
                let called = last_name(&call.func).unwrap_or_default();
                if let ("dict", Some(of)) = (called, argument(call, 0)) {
                    values.push(of);
                }
                let is_method = call.func.is_attribute_expr();
                if self.is_own_call(&call.func) {
                    // A plain name is never that of a method.
                    let helpers = self.functions(called);
                    let helpers = helpers.filter(|it| is_method || !self.is_method(it));
                    for helper in helpers {
                        values.extend(self.returned_by(helper));
                    }
                }
            }
            Expr::Named(named) => values.push(&named.value),
            _ => {}
        }
    }

    /// Whether a function stands in a class directly.
    pub fn is_method(&self, function: &Node<'a>) -> bool {
        self.parent(function).is_some_and(Node::is_class)
    }

    /// Whether what is called may be a function of this file: not a method that any `dict`, `str`
    /// or file has.
    fn is_own_call(&self, called: &Expr) -> bool {
        let Expr::Attribute(attribute) = called else {
            return true;
        };
        let is_own = match &*attribute.value {
            Expr::Name(on) => {
                matches!(on.id.as_str(), "self" | "cls") || self.class(&on.id).is_some()
            }
            on => call(on).is_some_and(|(_, called)| called == "super"),
        };
        is_own || !BUILTIN_METHODS.contains(&attribute.attr.as_str())
    }

    /// What is assigned to a variable of a function, or of the module where the function has none
    /// of that name.
    pub fn assigned(&self, variable: &str, function: Option<usize>) -> &[&'a Expr] {
        match self.index.assigned(function, variable) {
            [] => self.index.assigned(None, variable),
            values => values,
        }
    }

    /// The name by which a function is called: that of the class, for its `__init__`.
    pub fn called_as(&self, node: &Node<'a>, definition: &'a StmtFunctionDef) -> &'a str {
        let class = self.parent(node).and_then(Node::stmt);
        match (definition.name.as_str(), class) {
            ("__init__", Some(Stmt::ClassDef(class))) => class.name.as_str(),
            (called, _) => called,
        }
    }

    /// What the calls in this file hand to a parameter of a function, each with the function the
    /// call is in.
    pub fn handed_over(&self, variable: &str, function: Option<usize>) -> Vec<Value<'a>> {
        let Some(node) = function.and_then(|at| self.at(at)) else {
            return Vec::new();
        };
        let Some(definition) = node.function() else {
            return Vec::new();
        };
        let names = parameters(definition);
        let Some(place) = names.iter().position(|name| *name == variable) else {
            return Vec::new();
        };
        let called = self.called_as(node, definition);
        let handed = |node: &Node<'a>| {
            let (call, _) = call(node.expr()?)?;
            Some((argument(call, place)?, node.function))
        };
        let direct: Vec<Value<'a>> = self.calls(called).filter_map(handed).collect();
        if !direct.is_empty() {
            return direct;
        }
        // It may be called by another name: one it has as a parameter of a decorator.
        let fits = |node: &&Node<'a>| {
            let call = node.expr().and_then(call);
            call.is_some_and(|(call, _)| call.arguments.args.len() == names.len())
        };
        let anonymous = self.index.parameter_calls();
        self.budget.take(anonymous.len());
        let anonymous = self.at_all(anonymous).filter(fits);
        anonymous.filter_map(handed).collect()
    }

    /// What a variable is taken from by a loop or a comprehension, and what is added to a list that
    /// it names.
    fn bound_to(&self, node: &Node<'a>, values: &mut Vec<&'a Expr>) {
        let Some(variable) = node.expr().and_then(name) else {
            return;
        };
        values.extend(self.index.looped(node.function, variable));
        let is_local = !self.index.assigned(node.function, variable).is_empty();
        let added = self.index.added(variable).iter().filter(|(_, function)| {
            // In the same function, or in one inside of it; whoever has no such variable uses
            // another one's.
            let mut inside = std::iter::successors(*function, |&at| self.at(at)?.function);
            !is_local || *function == node.function || inside.any(|at| Some(at) == node.function)
        });
        values.extend(added.map(|(value, _)| *value));
        self.comprehended(node, variable, values);
    }

    /// What a comprehension around a node takes a variable from.
    fn comprehended(&self, node: &Node<'a>, variable: &str, values: &mut Vec<&'a Expr>) {
        for outer in self.around(node).take_while(|it| it.stmt().is_none()) {
            let generators = outer.expr().map(generators_of).unwrap_or_default();
            let fits = generators
                .iter()
                .filter(|it| names_in(&it.target).contains(&variable));
            values.extend(fits.map(|it| &it.iter));
        }
    }

    /// What a variable is taken from by a loop or a comprehension around a node.
    pub fn parts_bound_to(
        &self,
        variable: &str,
        node: Option<&Node<'a>>,
        function: Option<usize>,
    ) -> Vec<&'a Expr> {
        let mut parts = self.index.looped(function, variable).to_vec();
        if let Some(node) = node {
            self.comprehended(node, variable, &mut parts);
        }
        parts
    }

    /// What a function returns, nested functions left out.
    pub fn returned_by(&self, function: &Node<'a>) -> &[&'a Expr] {
        self.index.returns(function.at)
    }

    /// Everything in a function that is in no function inside it.
    pub fn own_nodes(&self, function: &Node<'a>) -> impl Iterator<Item = &Node<'a>> {
        let at = function.at;
        let inside = self.inside(function);
        inside.filter(move |node| node.function == Some(at))
    }

    /// Whether a function itself calls `start_response`, by whatever name.
    pub fn starts(&self, function: &Node<'a>) -> bool {
        self.index.starts(function.at)
    }

    /// What a name was called where it was imported from.
    pub fn imported<'b>(&'b self, called: &'b str) -> &'b str {
        self.index.imported(called).unwrap_or(called)
    }

    /// Whether the file has this literal `str` anywhere.
    pub fn mentions(&self, text: &str) -> bool {
        !self.index.literals(text).is_empty()
    }
}
