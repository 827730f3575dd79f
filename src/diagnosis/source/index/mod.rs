//! Where names are defined and used in a file, so that no question has to look through the whole
//! file.

mod build;

use ruff_python_ast::Expr;
use rustc_hash::{FxHashMap, FxHashSet};

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

fn noted<'n, T>(notes: &'n Scoped<'_, T>, scope: Option<usize>, name: &str) -> &'n [T] {
    let values = notes.get(&scope).and_then(|names| names.get(name));
    values.map_or(&[], Vec::as_slice)
}
