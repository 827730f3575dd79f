//! Where names are defined and used in a file: made in one pass over its nodes, so that no question
//! has to look through the whole file.

use ruff_python_ast::{CmpOp, Comprehension, Expr, ExprCall, Identifier, Stmt};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Node, Source, What, argument, call, is_start_response_name, last_name, literal, method, name,
    parameters,
};

/// A value, and the function it stands in.
pub type Value<'a> = (&'a Expr, Option<usize>);

/// By the function or class that names belong to, or nothing for the module, and by the names.
type Scoped<'a, T> = FxHashMap<Option<usize>, FxHashMap<&'a str, Vec<T>>>;

#[derive(Debug, Default)]
pub struct Index<'a> {
    functions: FxHashMap<&'a str, Vec<u32>>,
    all_functions: Vec<u32>,
    classes: FxHashMap<&'a str, Vec<u32>>,
    calls: FxHashMap<&'a str, Vec<u32>>,
    /// Calls of what the function around has as a parameter.
    parameter_calls: Vec<u32>,
    assigned: Scoped<'a, &'a Expr>,
    /// What a `for` statement takes a variable from.
    looped: Scoped<'a, &'a Expr>,
    /// What is added to a variable, by `append()` and the like or by `+=`, by its name.
    added: FxHashMap<&'a str, Vec<Value<'a>>>,
    /// What is kept in an attribute of `self`, by its class.
    attributes: Scoped<'a, Value<'a>>,
    /// What is put under a key, whatever into.
    keys: FxHashMap<&'a str, Vec<Value<'a>>>,
    /// Keys that are put into something, in whatever way.
    set_keys: FxHashSet<&'a str>,
    literals: FxHashMap<&'a str, Vec<u32>>,
    /// Attributes of anything that are read, by their names.
    read_attributes: FxHashMap<&'a str, Vec<u32>>,
    /// Names of variables, attributes, functions and parameters.
    names: FxHashSet<&'a str>,
    /// Texts that are asked for with `in`.
    asked_keys: FxHashSet<&'a str>,
    /// Literals of text and of bytes.
    texts: Vec<u32>,
    /// What an imported name was called where it comes from.
    imports: FxHashMap<&'a str, &'a str>,
    /// Names that were imported from `os`.
    from_os: FxHashSet<&'a str>,
    /// The names that a function says to be global.
    globals: FxHashSet<(Option<usize>, &'a str)>,
    returns: FxHashMap<usize, Vec<&'a Expr>>,
    generators: FxHashSet<usize>,
    starters: FxHashSet<usize>,
    /// Names that stand as the second argument of a call with two, as a `start_response` does.
    second_arguments: FxHashMap<&'a str, Vec<u32>>,
    /// The places of such arguments that are no names.
    other_second_arguments: Vec<u32>,
    compares: Vec<u32>,
    /// For each line, the innermost statement and the innermost function it is part of, plus one.
    statement_lines: Vec<u32>,
    function_lines: Vec<u32>,
    /// The nodes in the order of the lines they begin on, and where each line's begin.
    by_line: Vec<u32>,
    line_starts: Vec<u32>,
}

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

    pub fn functions(&self, name: &str) -> &[u32] {
        self.functions.get(name).map_or(&[], Vec::as_slice)
    }

    pub fn all_functions(&self) -> &[u32] {
        &self.all_functions
    }

    pub fn classes(&self, name: &str) -> &[u32] {
        self.classes.get(name).map_or(&[], Vec::as_slice)
    }

    pub fn calls(&self, name: &str) -> &[u32] {
        self.calls.get(name).map_or(&[], Vec::as_slice)
    }

    /// Calls of what a function around them has as a parameter: of a callback, or a decorated
    /// function.
    pub fn parameter_calls(&self) -> &[u32] {
        &self.parameter_calls
    }

    /// What is assigned to a variable of a function; of the module where there is no function.
    pub fn assigned(&self, function: Option<usize>, variable: &str) -> &[&'a Expr] {
        noted(&self.assigned, function, variable)
    }

    /// What `for` statements of a function take a variable from.
    pub fn looped(&self, function: Option<usize>, variable: &str) -> &[&'a Expr] {
        noted(&self.looped, function, variable)
    }

    /// What is added to a list or a text of this name, each with the function it is added in.
    pub fn added(&self, list: &str) -> &[Value<'a>] {
        self.added.get(list).map_or(&[], Vec::as_slice)
    }

    /// What a class keeps in an attribute of `self`.
    pub fn attributes(&self, class: usize, attribute: &str) -> &[Value<'a>] {
        noted(&self.attributes, Some(class), attribute)
    }

    /// What is assigned to an item with this key, whatever it is an item of.
    pub fn keys(&self, key: &str) -> &[Value<'a>] {
        self.keys.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether this key is put into anything.
    pub fn sets_key(&self, key: &str) -> bool {
        self.set_keys.contains(key)
    }

    /// Whether this text is asked for with `in`.
    pub fn asks_for_key(&self, key: &str) -> bool {
        self.asked_keys.contains(key)
    }

    /// Whether anything has a name with this in it.
    pub fn names_anything(&self, part: &str) -> bool {
        self.names.iter().any(|name| name.contains(part))
    }

    /// Where this literal `str` stands.
    pub fn literals(&self, text: &str) -> &[u32] {
        self.literals.get(text).map_or(&[], Vec::as_slice)
    }

    /// Where an attribute of this name is read, whatever of.
    pub fn attributes_named(&self, name: &str) -> &[u32] {
        self.read_attributes.get(name).map_or(&[], Vec::as_slice)
    }

    /// Where there are literals of text and of bytes.
    pub fn texts(&self) -> &[u32] {
        &self.texts
    }

    /// What a name was called where it was imported from.
    pub fn imported(&self, called: &str) -> Option<&'a str> {
        self.imports.get(called).copied()
    }

    /// Whether a name was imported from `os`, as `environ` may be.
    pub fn imports_from_os(&self, name: &str) -> bool {
        self.from_os.contains(name)
    }

    /// Whether a function says that a name is global.
    pub fn is_global(&self, function: usize, name: &str) -> bool {
        self.globals.contains(&(Some(function), name))
    }

    /// What a function returns, nested functions left out.
    pub fn returns(&self, function: usize) -> &[&'a Expr] {
        self.returns.get(&function).map_or(&[], Vec::as_slice)
    }

    /// Whether a function is a generator: it has a `yield` of its own.
    pub fn is_generator(&self, function: usize) -> bool {
        self.generators.contains(&function)
    }

    /// Whether a function itself calls `start_response`, by whatever name.
    pub fn starts(&self, function: usize) -> bool {
        self.starters.contains(&function)
    }

    /// Calls with two arguments, the second of which is this name.
    pub fn handed_second(&self, name: &str) -> &[u32] {
        self.second_arguments.get(name).map_or(&[], Vec::as_slice)
    }

    /// Calls with two arguments, the second of which is no name.
    pub fn other_second(&self) -> &[u32] {
        &self.other_second_arguments
    }

    pub fn compares(&self) -> &[u32] {
        &self.compares
    }

    /// The innermost statement a line is part of.
    pub fn statement_at(&self, line: u32) -> Option<usize> {
        (*self.statement_lines.get(line as usize)? as usize).checked_sub(1)
    }

    /// The innermost function a line is part of.
    pub fn function_at(&self, line: u32) -> Option<usize> {
        (*self.function_lines.get(line as usize)? as usize).checked_sub(1)
    }

    /// The nodes that begin on a line.
    pub fn beginning_on(&self, line: u32) -> &[u32] {
        let line = line as usize;
        let bounds = self
            .line_starts
            .get(line)
            .zip(self.line_starts.get(line + 1));
        let nodes = bounds.and_then(|(&from, &to)| self.by_line.get(from as usize..to as usize));
        nodes.unwrap_or_default()
    }
}

fn note<'a, T>(notes: &mut Scoped<'a, T>, scope: Option<usize>, name: &'a str, value: T) {
    let names = notes.entry(scope).or_default();
    names.entry(name).or_default().push(value);
}

fn noted<'n, T>(notes: &'n Scoped<'_, T>, scope: Option<usize>, name: &str) -> &'n [T] {
    let values = notes.get(&scope).and_then(|names| names.get(name));
    values.map_or(&[], Vec::as_slice)
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

/// The names a target binds.
pub fn names_in(target: &Expr) -> Vec<&str> {
    match target {
        Expr::Tuple(tuple) => tuple.elts.iter().filter_map(name).collect(),
        other => name(other).into_iter().collect(),
    }
}

/// The comprehensions of an expression that has some.
pub fn generators_of(expr: &Expr) -> &[Comprehension] {
    match expr {
        Expr::ListComp(it) => &it.generators,
        Expr::Generator(it) => &it.generators,
        Expr::SetComp(it) => &it.generators,
        Expr::DictComp(it) => &it.generators,
        _ => &[],
    }
}
