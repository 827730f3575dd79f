//! Shapes of expressions that the rules look for.

use ruff_python_ast::{Comprehension, Expr, ExprCall, StmtFunctionDef};

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
    name == "env" || name.contains("environ") || name.ends_with("_env")
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
    match parameters[..] {
        ["e", "s"] => true,
        [first, second] => is_environ_name(first) || is_start_response_name(second),
        _ => false,
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
