//! A loop that goes on reading behind the end, where each read gives b'' at once.

use ruff_python_ast::{CmpOp, Expr, Stmt};
use ruff_text_size::Ranged as _;

use super::breach::call_at;
use super::input::reads;
use super::{Finding, Remedy};
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, Tree, literal, method, name};
use crate::diagnosis::{Edit, Mistake};
use crate::exchange::Blame;

/// Reads in a row at one place that gave nothing: by then it is a loop.
const ROUNDS: usize = 20;

const READ_WHAT_WAS_SENT: &str = "\
left = int(environ.get('CONTENT_LENGTH') or 0)
while left > 0:
    chunk = environ['wsgi.input'].read(min(left, 8192))
    if not chunk:
        break
    left -= len(chunk)";

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let found = of_input(case).or_else(|| of_file(case));
    found.into_iter().collect()
}

/// A loop over `wsgi.input`, as its reads were seen.
fn of_input(case: &Case<'_>) -> Option<Finding> {
    let total = case.exchange().now().request.as_ref()?.body.length;
    let mut rounds: Option<(usize, &Blame, usize)> = None;
    for read in reads(case, total) {
        if read.call == "read(0)" {
            continue;
        }
        rounds = match (&read.by.blame, rounds) {
            (Some(blame), Some((first, place, count))) if read.got == 0 && blame == place => {
                Some((first, place, count + 1))
            }
            (Some(blame), _) if read.got == 0 => Some((read.at, blame, 1)),
            _ => None,
        };
        if let Some((first, place, ROUNDS)) = rounds {
            let tree = case.tree(&place.file)?;
            let (node, _) = call_at(&tree, place.line, read.method)?;
            let end = Read::new(&place.file, &tree, node);
            let finding = end.finding(read.call, first);
            // Elsewhere there is no end to be read, and another loop is needed.
            let has_end = case.mentions("wsgi.input_terminated");
            return Some(match end.mended().filter(|_| has_end) {
                Some(edit) => finding.with(Remedy::Edit(edit)),
                None => finding.with(Remedy::Example(READ_WHAT_WAS_SENT.to_owned())),
            });
        }
    }
    None
}

/// A loop over a file, in an answer that did not end in time.
fn of_file(case: &Case<'_>) -> Option<Finding> {
    let (at, _) = case.run.kinds().find(|(_, kind)| kind.is_timeout())?;
    case.trees().find_map(|(file, tree)| {
        let reads = ["read", "read1", "readline"].map(|it| tree.calls(it));
        let mut reads = reads.into_iter().flatten();
        reads.find_map(|node| {
            let (_, called, call) = method(node.expr()?)?;
            let in_pieces = called == "readline" || call.arguments.args.len() == 1;
            if !in_pieces || !case.ran(file, &tree, node) {
                return None;
            }
            let end = Read::new(file, &tree, *node);
            let ends_with = match end.compared {
                Some(_) => &["b''"][..],
                None => &["b''", "''"],
            };
            let is_it = (end.compared.is_some() || end.never_ends())
                && end
                    .variable
                    .is_none_or(|it| ends_with.contains(&last_value(case, file, it)));
            is_it.then(|| {
                let code = tree.source.code(&node.range());
                let finding = end.finding(code, at);
                finding.with_edit(end.mended())
            })
        })
    })
}

/// The last value that a variable of a file was seen with.
fn last_value<'a>(case: &Case<'a>, file: &str, variable: &str) -> &'a str {
    let steps = case.run.steps().iter().rev();
    let mut locals = steps
        .filter(|(_, step)| step.place.file == file)
        .flat_map(|(_, step)| &step.locals);
    let last = locals.find(|(name, _)| name == variable);
    last.and_then(|(_, value)| value.as_deref())
        .unwrap_or_default()
}

/// A read in a loop.
struct Read<'t, 'a> {
    file: &'t str,
    tree: &'t Tree<'a>,
    node: Node<'a>,
    /// The `while` around it.
    around: Option<Node<'a>>,
    /// The variable that the loop keeps what was read in.
    variable: Option<&'a str>,
    /// The text that the loop compares it with, where bytes are what it gets.
    compared: Option<&'a Expr>,
}

impl<'t, 'a> Read<'t, 'a> {
    fn new(file: &'t str, tree: &'t Tree<'a>, node: Node<'a>) -> Self {
        let around = tree
            .around(&node)
            .take_while(|it| it.function().is_none())
            .find(|it| matches!(it.stmt(), Some(Stmt::While(_))));
        let variable = match tree.statement_of(&node).and_then(Node::stmt) {
            Some(Stmt::Assign(it)) => it.targets.first().and_then(name),
            _ => None,
        };
        let mut read = Self {
            file,
            tree,
            node,
            around: around.copied(),
            variable,
            compared: None,
        };
        read.compared = read.inside().iter().find_map(|node| match node.expr()? {
            Expr::Compare(it) => {
                let is_its = name(&it.left).is_some() && name(&it.left) == variable;
                let by_equality = matches!(it.ops.first(), Some(CmpOp::Eq | CmpOp::NotEq));
                let right = it.comparators.first().filter(|it| literal(it) == Some(""));
                right.filter(|_| is_its && by_equality)
            }
            _ => None,
        });
        read
    }

    /// What stands in the loop.
    fn inside(&self) -> &'t [Node<'a>] {
        let around = self.around;
        let nodes = around.map(|it| self.tree.scope(Some(&it)));
        nodes.unwrap_or_default()
    }

    /// Whether nothing ends the loop, and nothing in it asks what was read.
    fn never_ends(&self) -> bool {
        let Some(Stmt::While(it)) = self.around.and_then(|it| it.stmt()) else {
            return false;
        };
        let ends = |node: &Node<'_>| {
            matches!(
                node.stmt(),
                Some(Stmt::Break(_) | Stmt::Return(_) | Stmt::Raise(_) | Stmt::Try(_))
            )
        };
        let asks = |node: &Node<'_>| {
            let is_its = self.variable.is_some() && node.expr().and_then(name) == self.variable;
            let mut around = self.tree.around(node);
            let tests = |it: &Node<'_>| match (it.stmt(), it.expr()) {
                (_, Some(it)) => matches!(
                    it,
                    Expr::Compare(_) | Expr::BoolOp(_) | Expr::If(_) | Expr::UnaryOp(_)
                ),
                (Some(Stmt::If(it)), _) => it.test.range().contains_range(node.range()),
                (Some(it), _) => matches!(it, Stmt::Match(_) | Stmt::Assert(_)),
                _ => false,
            };
            is_its && around.any(tests)
        };
        matches!(&*it.test, Expr::BooleanLiteral(it) if it.value)
            && !self.inside().iter().any(|it| ends(it) || asks(it))
    }

    fn finding(&self, call: &str, at: usize) -> Finding {
        let message = match self.compared {
            Some(_) => format!(
                "{call} gives b'' at the end, and the loop compares it with '', a different value: it \
                 never ends"
            ),
            None => format!(
                "{call} gives b'' at the end, and the loop goes on: nothing in it tests whether anything came"
            ),
        };
        let spot = Spot::of(self.file, self.tree.span(&self.node));
        Finding::new(Mistake::ReadWithoutEnd, message, Some(spot), at)
    }

    /// The statement with the end of the loop behind it, or the text as bytes where the loop asks
    /// for text.
    fn mended(&self) -> Option<Edit> {
        let source = self.tree.source;
        if let Some(text) = self.compared {
            let code = format!("b{}", source.code(text));
            return Edit::replacing(source, self.file, text.range(), &code);
        }
        let statement = self.tree.statement_of(&self.node)?;
        let around = self.around?;
        let variable = self.variable?;
        if statement.parent != Some(around.at) {
            return None;
        }
        let inner = source.indent_of(statement.line);
        let step = inner.strip_prefix(source.indent_of(around.line))?;
        let lines = format!("\n{inner}if not {variable}:\n{inner}{step}break");
        Edit::adding(source, self.file, statement.range(), &lines)
    }
}
