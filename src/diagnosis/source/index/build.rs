//! Makes the index of a file, in one pass over its nodes.

use ruff_python_ast::{CmpOp, Expr, ExprCall, Identifier, Stmt};

use super::{Index, Scoped};
use crate::diagnosis::source::Source;
use crate::diagnosis::source::node::{Node, What};
use crate::diagnosis::source::shapes::{
    argument, call, is_start_response_name, last_name, literal, method, name, names_in, parameters,
};

impl<'a> Index<'a> {
    pub fn of(source: &Source, nodes: &[Node<'a>]) -> Self {
        let lines = source.line_count() + 2;
        let mut index = Self {
            statement_lines: vec![0; lines],
            function_lines: vec![0; lines],
            line_starts: vec![0; lines + 1],
            ..Self::default()
        };
        for node in nodes {
            match node.what {
                What::Stmt(stmt) => index.statement(nodes, node, stmt),
                What::Expr(expr) => index.expression(nodes, node, expr),
                What::Handler(_) => {}
            }
        }
        index.sort_by_line(nodes);
        index
    }

    fn statement(&mut self, nodes: &[Node<'a>], node: &Node<'a>, stmt: &'a Stmt) {
        let place = place(node);
        fill(&mut self.statement_lines, node, place);
        match stmt {
            Stmt::FunctionDef(function) => {
                fill(&mut self.function_lines, node, place);
                self.names.insert(function.name.as_str());
                self.names.extend(parameters(function));
                let named = self.functions.entry(function.name.as_str());
                named.or_default().push(place);
                self.all_functions.push(place);
            }
            Stmt::ClassDef(class) => {
                let named = self.classes.entry(class.name.as_str());
                named.or_default().push(place);
            }
            Stmt::Assign(assign) => {
                for target in &assign.targets {
                    self.target(nodes, node, target, &assign.value);
                }
                if let (Some(Expr::Tuple(names)), Expr::Tuple(values)) =
                    (assign.targets.first(), &*assign.value)
                {
                    for (target, value) in names.elts.iter().zip(&values.elts) {
                        self.target(nodes, node, target, value);
                    }
                }
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.target(nodes, node, &assign.target, value);
                }
            }
            Stmt::For(loops) => {
                for variable in names_in(&loops.target) {
                    note(&mut self.looped, node.function, variable, &loops.iter);
                }
            }
            Stmt::AugAssign(assign) => {
                if let Some(variable) = name(&assign.target) {
                    let added = self.added.entry(variable).or_default();
                    added.push((&assign.value, node.function));
                }
            }
            Stmt::With(with) => {
                for item in &with.items {
                    if let Some(target) = &item.optional_vars {
                        self.target(nodes, node, target, &item.context_expr);
                    }
                }
            }
            Stmt::Return(returned) => {
                if let (Some(function), Some(value)) = (node.function, &returned.value) {
                    self.returns.entry(function).or_default().push(value);
                }
            }
            Stmt::Global(global) => {
                let names = global.names.iter();
                self.globals
                    .extend(names.map(|name| (node.function, name.as_str())));
            }
            Stmt::ImportFrom(import) => {
                if import.module.as_ref().is_some_and(|it| it == "os") {
                    let names = import.names.iter();
                    let names = names.map(|it| it.asname.as_ref().unwrap_or(&it.name).as_str());
                    self.from_os.extend(names);
                }
                for alias in &import.names {
                    if let Some(called) = &alias.asname {
                        self.imports.insert(called.as_str(), alias.name.as_str());
                    }
                }
            }
            _ => {}
        }
    }

    fn expression(&mut self, nodes: &[Node<'a>], node: &Node<'a>, expr: &'a Expr) {
        let place = place(node);
        match expr {
            Expr::Named(named) => {
                if let Some(variable) = name(&named.target) {
                    let value = &*named.value;
                    note(&mut self.assigned, node.function, variable, value);
                }
            }
            Expr::StringLiteral(text) => {
                let same = self.literals.entry(text.value.to_str());
                same.or_default().push(place);
                self.texts.push(place);
            }
            Expr::BytesLiteral(_) | Expr::FString(_) => self.texts.push(place),
            Expr::Subscript(subscript) if !subscript.ctx.is_load() => {
                self.set_keys.extend(literal(&subscript.slice));
            }
            Expr::Dict(dict) => {
                let keys = dict.items.iter().filter_map(|item| item.key.as_ref());
                self.set_keys.extend(keys.filter_map(literal));
            }
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                // That of a lambda is the lambda's own.
                let mut around = std::iter::successors(node.parent, |&at| nodes[at].parent);
                let in_lambda = around
                    .by_ref()
                    .take_while(|&at| Some(at) != node.function)
                    .any(|at| matches!(nodes[at].expr(), Some(Expr::Lambda(_))));
                if !in_lambda {
                    self.generators.extend(node.function);
                }
            }
            Expr::Compare(compare) => {
                self.compares.push(place);
                if let Some(CmpOp::In | CmpOp::NotIn) = compare.ops.first() {
                    self.asked_keys.extend(literal(&compare.left));
                }
            }
            Expr::Name(variable) => {
                self.names.insert(variable.id.as_str());
            }
            Expr::Attribute(attribute) => {
                if attribute.ctx.is_load() {
                    let same = self.read_attributes.entry(attribute.attr.as_str());
                    same.or_default().push(place);
                }
                self.names.insert(attribute.attr.as_str());
            }
            Expr::Call(called) => self.call(nodes, node, expr, called),
            _ => {}
        }
    }

    fn call(&mut self, nodes: &[Node<'a>], node: &Node<'a>, expr: &'a Expr, outer: &'a ExprCall) {
        let place = place(node);
        let Some((_, called)) = call(expr) else {
            return;
        };
        self.calls.entry(called).or_default().push(place);
        if is_start_response_name(called) {
            self.starters.extend(node.function);
        }
        let functions = std::iter::successors(node.function, |&at| nodes[at].function);
        let mut functions = functions.filter_map(|at| nodes[at].function());
        if functions.any(|function| parameters(function).contains(&called)) {
            self.parameter_calls.push(place);
        }
        if outer.arguments.args.len() == 2
            && let Some(second) = argument(outer, 1)
        {
            match last_name(second) {
                Some(handed) => {
                    let places = self.second_arguments.entry(handed);
                    places.or_default().push(place);
                }
                None => self.other_second_arguments.push(place),
            }
        }
        if let Some((on, changes, _)) = method(expr) {
            match changes {
                "append" | "appendleft" | "extend" | "add" | "insert" | "write" | "writelines" => {
                    if let Some(list) = name(on) {
                        let added = self.added.entry(list).or_default();
                        let values = outer.arguments.args.iter();
                        added.extend(values.map(|it| (it, node.function)));
                    }
                }
                "setdefault" | "__setitem__" => {
                    self.set_keys.extend(argument(outer, 0).and_then(literal));
                }
                _ => {}
            }
        }
        if matches!(called, "dict" | "update" | "copy") {
            let keywords = outer.arguments.keywords.iter();
            let names = keywords.filter_map(|it| it.arg.as_ref().map(Identifier::as_str));
            self.set_keys.extend(names);
        }
    }

    /// An assignment to a target.
    fn target(&mut self, nodes: &[Node<'a>], node: &Node<'a>, target: &'a Expr, value: &'a Expr) {
        let class = || {
            let mut around = std::iter::successors(node.parent, |&at| nodes[at].parent);
            around.find(|&at| nodes[at].is_class())
        };
        match target {
            Expr::Name(variable) => {
                let variable = variable.id.as_str();
                note(&mut self.assigned, node.function, variable, value);
                // One in the body of a class is an attribute, unlike one of a method.
                if let Some(class) = class()
                    && node.function.is_none_or(|function| function < class)
                {
                    let kept = (value, node.function);
                    note(&mut self.attributes, Some(class), variable, kept);
                }
            }
            Expr::Attribute(attribute) if name(&attribute.value) == Some("self") => {
                if let Some(class) = class() {
                    let kept = (value, node.function);
                    note(&mut self.attributes, Some(class), &attribute.attr, kept);
                }
            }
            Expr::Subscript(subscript) => {
                if let Some(key) = literal(&subscript.slice) {
                    let kept = self.keys.entry(key).or_default();
                    kept.push((value, node.function));
                }
            }
            _ => {}
        }
    }

    fn sort_by_line(&mut self, nodes: &[Node<'a>]) {
        let last = self.line_starts.len() - 1;
        for node in nodes {
            let line = (node.line as usize + 1).min(last);
            self.line_starts[line] += 1;
        }
        for line in 1..self.line_starts.len() {
            self.line_starts[line] += self.line_starts[line - 1];
        }
        let mut next = self.line_starts.clone();
        self.by_line = vec![0; nodes.len()];
        for node in nodes {
            let line = (node.line as usize).min(last - 1);
            self.by_line[next[line] as usize] = place(node);
            next[line] += 1;
        }
    }
}

fn note<'a, T>(notes: &mut Scoped<'a, T>, scope: Option<usize>, name: &'a str, value: T) {
    let names = notes.entry(scope).or_default();
    names.entry(name).or_default().push(value);
}

/// A file has at most 512 KiB, and fewer nodes than that.
fn place(node: &Node<'_>) -> u32 {
    u32::try_from(node.at).unwrap_or(u32::MAX)
}

/// Notes the innermost node of each line: what is inside comes later, and stands over what is
/// around.
fn fill(lines: &mut [u32], node: &Node<'_>, place: u32) {
    let range = node.line as usize..=node.last_line as usize;
    if let Some(lines) = lines.get_mut(range) {
        lines.fill(place + 1);
    }
}
