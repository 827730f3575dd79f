//! Shapes of expressions that the rules look for.

use ruff_python_ast::{Expr, ExprCall, Stmt, StmtAssign, StmtFunctionDef};
use ruff_text_size::Ranged as _;

use super::{Node, Span, Tree};

/// How far a variable is followed to where its value comes from.
const FAR: usize = 4;

/// The text of a literal `str`.
pub fn literal(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::StringLiteral(literal) => Some(literal.value.to_str()),
        _ => None,
    }
}

pub fn name(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Name(name) => Some(name.id.as_str()),
        _ => None,
    }
}

/// The last part of a name: `read` of `environ['wsgi.input'].read`.
pub fn last_name(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        _ => None,
    }
}

/// A call, and the last part of the name of what is called; empty where that has none.
pub fn call(expr: &Expr) -> Option<(&ExprCall, &str)> {
    match expr {
        Expr::Call(call) => Some((call, last_name(&call.func).unwrap_or_default())),
        _ => None,
    }
}

/// A call of something of this name.
pub fn call_of<'a>(expr: &'a Expr, name: &str) -> Option<&'a ExprCall> {
    call(expr)
        .filter(|(_, called)| *called == name)
        .map(|(call, _)| call)
}

/// What a method is called on, and the method's name.
pub fn method(expr: &Expr) -> Option<(&Expr, &str, &ExprCall)> {
    let (call, name) = call(expr)?;
    match &*call.func {
        Expr::Attribute(attribute) => Some((&attribute.value, name, call)),
        _ => None,
    }
}

/// An argument of a call, by its place.
pub fn argument(call: &ExprCall, place: usize) -> Option<&Expr> {
    call.arguments
        .args
        .get(place)
        .filter(|it| !it.is_starred_expr())
}

/// Whether a method can be called on an expression without parentheses around it.
pub fn binds_tightly(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Name(_)
            | Expr::Attribute(_)
            | Expr::Subscript(_)
            | Expr::Call(_)
            | Expr::StringLiteral(_)
            | Expr::FString(_)
    )
}

/// A key that is looked up by its literal name: `environ['KEY']` or `environ.get('KEY', …)`.
#[derive(Debug, Clone, Copy)]
pub struct LookUp<'a> {
    pub container: &'a Expr,
    pub key: &'a str,
    /// Whether it was asked for with `get`, or another method that forgives a missing key.
    pub get: bool,
    /// What stands for a missing key.
    pub default: Option<&'a Expr>,
}

pub fn look_up(expr: &Expr) -> Option<LookUp<'_>> {
    match expr {
        Expr::Subscript(subscript) if subscript.ctx.is_load() => Some(LookUp {
            container: &subscript.value,
            key: literal(&subscript.slice)?,
            get: false,
            default: None,
        }),
        Expr::Call(_) => {
            let (container, name, call) = method(expr)?;
            let first = argument(call, 0)?;
            matches!(name, "get" | "pop" | "setdefault").then_some(LookUp {
                container,
                key: literal(first)?,
                get: true,
                default: argument(call, 1),
            })
        }
        _ => None,
    }
}

/// A key of environ: the container is called so, or the key is one that environ alone has.
pub fn environ_key(expr: &Expr) -> Option<LookUp<'_>> {
    look_up(expr).filter(|found| is_environ(found.container))
}

/// Whether something is called as environ is.
pub fn is_environ(expr: &Expr) -> bool {
    last_name(expr).is_some_and(|name| is_environ_name(name) && !is_os(expr))
}

pub fn is_environ_name(name: &str) -> bool {
    let name = name.trim_matches('_').to_ascii_lowercase();
    name == "env" || name == "e" || name.contains("environ") || name.ends_with("_env")
}

/// `os.environ` is another one.
fn is_os(expr: &Expr) -> bool {
    matches!(expr, Expr::Attribute(attribute) if name(&attribute.value) == Some("os"))
}

/// Whether something is called as `start_response` is.
pub fn is_start_response_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("start") || name == "sr" || name == "respond"
}

/// Whether an expression is a header of this name: a tuple that begins with it.
pub fn is_header(expr: &Expr, header: &str) -> bool {
    let Expr::Tuple(tuple) = expr else {
        return false;
    };
    let named = tuple.elts.first().and_then(literal);
    named.is_some_and(|it| it.eq_ignore_ascii_case(header))
}

/// The names of a function's positional parameters, `self` left out.
pub fn parameters(function: &StmtFunctionDef) -> Vec<&str> {
    let names = function.parameters.posonlyargs.iter();
    let names = names.chain(&function.parameters.args);
    let mut names: Vec<&str> = names.map(|it| it.parameter.name.as_str()).collect();
    if matches!(names.first(), Some(&("self" | "cls"))) {
        names.remove(0);
    }
    names
}

/// Whether a function can be called as an application: environ and `start_response`.
pub fn is_application(function: &StmtFunctionDef) -> bool {
    let parameters = parameters(function);
    parameters.len() == 2 && is_environ_name(parameters[0])
        || parameters.len() == 2 && is_start_response_name(parameters[1])
}

/// What an assignment gives to a target.
fn value_for<'a>(assign: &'a StmtAssign, is_it: &dyn Fn(&Expr) -> bool) -> Option<&'a Expr> {
    if assign.targets.iter().any(is_it) {
        return Some(&assign.value);
    }
    match (assign.targets.first()?, &*assign.value) {
        (Expr::Tuple(names), Expr::Tuple(values)) => {
            values.elts.get(names.elts.iter().position(is_it)?)
        }
        _ => None,
    }
}

impl<'a> Tree<'a> {
    /// `def name`, as far as it is on its line.
    pub fn def_span(&self, node: &Node<'a>) -> Span {
        let name = match node.stmt() {
            Some(Stmt::FunctionDef(function)) => &function.name,
            Some(Stmt::ClassDef(class)) => &class.name,
            _ => return self.span(node),
        };
        self.source.span(name.range())
    }

    /// Where the values an expression may have come from: followed through the variables of its
    /// function, and through the functions of this file that it calls. The expression itself is first.
    pub fn origins(&self, node: &Node<'a>) -> Vec<&'a Expr> {
        let mut found = Vec::new();
        if let Some(expr) = node.expr() {
            let function = self.function_around(node).map(|it| it.at);
            self.follow(expr, function, FAR, &mut found);
        }
        found
    }

    fn follow(
        &self,
        expr: &'a Expr,
        function: Option<usize>,
        far: usize,
        found: &mut Vec<&'a Expr>,
    ) {
        if found.iter().any(|&known| std::ptr::eq(known, expr)) {
            return;
        }
        found.push(expr);
        let Some(far) = far.checked_sub(1) else {
            return;
        };
        match expr {
            Expr::Name(variable) => {
                let variable = variable.id.as_str();
                for value in self.assigned(variable, function) {
                    self.follow(value, function, far, found);
                }
                for (value, function) in self.handed_over(variable, function) {
                    self.follow(value, function, far, found);
                }
            }
            Expr::BoolOp(either) => {
                for value in &either.values {
                    self.follow(value, function, far, found);
                }
            }
            Expr::If(either) => {
                self.follow(&either.body, function, far, found);
                self.follow(&either.orelse, function, far, found);
            }
            Expr::Attribute(attribute) if name(&attribute.value) == Some("self") => {
                for (value, function) in self.kept_in_self(expr, attribute.attr.as_str()) {
                    self.follow(value, function, far, found);
                }
            }
            Expr::Subscript(_) => {
                if let Some(key) = look_up(expr).map(|it| it.key) {
                    for (value, function) in self.kept_under(key) {
                        self.follow(value, function, far, found);
                    }
                }
            }
            Expr::Call(call) => {
                let called = last_name(&call.func).unwrap_or_default();
                if let ("dict", Some(of)) = (called, argument(call, 0)) {
                    self.follow(of, function, far, found);
                }
                for helper in self.functions(called) {
                    for returned in self.returned_by(helper) {
                        self.follow(returned, Some(helper.at), far, found);
                    }
                }
            }
            Expr::Named(named) => self.follow(&named.value, function, far, found),
            _ => {}
        }
    }

    /// What is assigned to a variable of a function, or of the module where the function has none of
    /// that name.
    pub fn assigned(&self, variable: &str, function: Option<usize>) -> Vec<&'a Expr> {
        let mut values = self.assigned_in(variable, function);
        if values.is_empty() && function.is_some() {
            values = self.assigned_in(variable, None);
        }
        values
    }

    fn assigned_in(&self, variable: &str, function: Option<usize>) -> Vec<&'a Expr> {
        let here = |node: &&Node<'a>| self.function_around(node).map(|it| it.at) == function;
        let value = |node: &Node<'a>| match node.what {
            super::What::Stmt(Stmt::Assign(assign)) => {
                let is_it = |target: &Expr| name(target) == Some(variable);
                value_for(assign, &is_it)
            }
            super::What::Stmt(Stmt::AnnAssign(assign)) => {
                let value = assign.value.as_deref()?;
                (name(&assign.target) == Some(variable)).then_some(value)
            }
            super::What::Expr(Expr::Named(named)) => {
                (name(&named.target) == Some(variable)).then_some(&*named.value)
            }
            _ => None,
        };
        self.nodes().filter(here).filter_map(value).collect()
    }

    /// What the calls in this file hand to a parameter of a function, each with the function the
    /// call is in.
    pub fn handed_over(
        &self,
        variable: &str,
        function: Option<usize>,
    ) -> Vec<(&'a Expr, Option<usize>)> {
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
        let mut called = definition.name.as_str();
        if called == "__init__"
            && let Some(Stmt::ClassDef(class)) = node.parent.and_then(|at| self.at(at)?.stmt())
        {
            called = class.name.as_str();
        }
        let handed: Vec<_> = self
            .exprs()
            .filter_map(|(node, expr)| {
                let value = argument(call_of(expr, called)?, place)?;
                Some((value, self.function_around(node).map(|it| it.at)))
            })
            .collect();
        if !handed.is_empty() {
            return handed;
        }
        // It may be called by another name: one it has as a parameter of a decorator.
        let anonymous = self.exprs().filter_map(|(node, expr)| {
            let (call, called) = call(expr)?;
            let outer = self.functions_around(node).flat_map(|it| parameters(it));
            let fits = call.arguments.args.len() == names.len()
                && outer.into_iter().any(|it| it == called);
            let value = argument(call, place).filter(|_| fits)?;
            Some((value, self.function_around(node).map(|it| it.at)))
        });
        anonymous.collect()
    }

    /// The functions a node is in.
    fn functions_around<'b>(
        &'b self,
        node: &'b Node<'a>,
    ) -> impl Iterator<Item = &'a StmtFunctionDef> + 'b {
        self.around(node).filter_map(Node::function)
    }

    /// What the class around an expression keeps in an attribute of `self`, each with the function it
    /// is set in.
    fn kept_in_self(&self, expr: &Expr, attribute: &str) -> Vec<(&'a Expr, Option<usize>)> {
        let Some(node) = self.node_of(expr) else {
            return Vec::new();
        };
        let class = self
            .around(node)
            .find(|it| matches!(it.stmt(), Some(Stmt::ClassDef(_))));
        let Some(class) = class else {
            return Vec::new();
        };
        let is_it = |target: &Expr| match target {
            Expr::Attribute(it) => name(&it.value) == Some("self") && it.attr == *attribute,
            other => name(other) == Some(attribute),
        };
        let sets = self.inside(class).filter_map(|node| match node.stmt()? {
            Stmt::Assign(assign) => {
                let function = self.function_around(node).map(|it| it.at);
                let value = value_for(assign, &is_it)?;
                // A variable of a method is no attribute.
                let local = function.is_some() && assign.targets.iter().any(Expr::is_name_expr);
                (!local).then_some((value, function))
            }
            _ => None,
        });
        sets.collect()
    }

    /// What is put under a key anywhere in the file, each with the function it is put there in.
    fn kept_under(&self, key: &str) -> Vec<(&'a Expr, Option<usize>)> {
        let is_it = |target: &Expr| match target {
            Expr::Subscript(it) => literal(&it.slice) == Some(key),
            _ => false,
        };
        let sets = self.nodes().filter_map(|node| match node.stmt()? {
            Stmt::Assign(assign) => {
                let value = value_for(assign, &is_it)?;
                Some((value, self.function_around(node).map(|it| it.at)))
            }
            _ => None,
        });
        sets.collect()
    }

    /// What a function returns, nested functions left out.
    pub fn returned_by(&self, function: &Node<'a>) -> Vec<&'a Expr> {
        self.own_nodes(function)
            .filter_map(|node| match node.stmt()? {
                Stmt::Return(it) => it.value.as_deref(),
                _ => None,
            })
            .collect()
    }

    /// Everything in a function that is in no function inside it.
    pub fn own_nodes(&self, function: &Node<'a>) -> impl Iterator<Item = &Node<'a>> {
        let at = function.at;
        self.inside(function)
            .filter(move |node| self.function_around(node).is_some_and(|it| it.at == at))
    }

    /// Whether a function itself calls `start_response`, by whatever name.
    pub fn starts(&self, function: &Node<'a>) -> bool {
        self.own_nodes(function)
            .any(|node| node.called().is_some_and(is_start_response_name))
    }

    /// Everything an expression is made of, followed through its parts and their origins; what `stop`
    /// says yes to is left out, with its parts.
    pub fn makings(&self, node: &Node<'a>, stop: &dyn Fn(&Expr) -> bool) -> Vec<&'a Expr> {
        let mut found: Vec<&'a Expr> = Vec::new();
        let mut rest: Vec<&'a Expr> = node.expr().into_iter().collect();
        while let Some(expr) = rest.pop() {
            if stop(expr) || found.iter().any(|&known| std::ptr::eq(known, expr)) {
                continue;
            }
            found.push(expr);
            let Some(node) = self.node_of(expr) else {
                continue;
            };
            rest.extend(self.origins(node));
            rest.extend(self.bound_to(node));
            let parts = self.inside(node).filter(|it| it.parent == Some(node.at));
            rest.extend(parts.filter_map(Node::expr));
        }
        found
    }

    /// What a variable is taken from by a loop or a comprehension, and what is added to a list that it
    /// names.
    fn bound_to(&self, node: &Node<'a>) -> Vec<&'a Expr> {
        let Some(variable) = node.expr().and_then(name) else {
            return Vec::new();
        };
        let is_it = |target: &Expr| match target {
            Expr::Tuple(tuple) => tuple.elts.iter().any(|it| name(it) == Some(variable)),
            other => name(other) == Some(variable),
        };
        let function = self.function_around(node).map(|it| it.at);
        let mut found = Vec::new();
        for other in self.nodes() {
            match (other.stmt(), other.expr()) {
                (Some(Stmt::For(it)), _)
                    if is_it(&it.target)
                        && self.function_around(other).map(|it| it.at) == function =>
                {
                    found.push(&*it.iter);
                }
                (_, Some(expr)) => {
                    if let Some((on, "append" | "extend" | "add" | "insert", call)) = method(expr)
                        && name(on) == Some(variable)
                    {
                        found.extend(call.arguments.args.iter());
                    }
                }
                _ => {}
            }
        }
        for outer in self.around(node) {
            let generators = match outer.expr() {
                Some(Expr::ListComp(it)) => &it.generators,
                Some(Expr::Generator(it)) => &it.generators,
                Some(Expr::SetComp(it)) => &it.generators,
                Some(Expr::DictComp(it)) => &it.generators,
                _ => continue,
            };
            let fits = generators.iter().filter(|it| is_it(&it.target));
            found.extend(fits.map(|it| &it.iter));
        }
        found
    }

    /// What a name was called where it was imported from.
    pub fn imported<'b>(&'b self, called: &'b str) -> &'b str {
        let alias = self.nodes().find_map(|node| match node.stmt()? {
            Stmt::ImportFrom(it) => it.names.iter().find_map(|alias| {
                let is_it = alias.asname.as_ref().is_some_and(|it| it == called);
                is_it.then_some(alias.name.as_str())
            }),
            _ => None,
        });
        alias.unwrap_or(called)
    }

    /// Whether the file has this literal `str` anywhere.
    pub fn mentions(&self, text: &str) -> bool {
        self.exprs().any(|(_, expr)| literal(expr) == Some(text))
    }
}
