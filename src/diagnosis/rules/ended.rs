//! Requests that ended without an answer, and output that went to the wrong place.

use super::{Finding, Remedy, hangs};
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Node, call, last_name, method};
use crate::exchange::{EventKind, Output, sentence};

/// What is to become of a page that was printed.
const RETURN_IT: &str = "return [page.encode('utf-8')]";
/// How much of a printed line is shown, in bytes.
const SHOWN: usize = 200;

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let found = case.run.kinds().filter_map(|(at, kind)| match kind {
        EventKind::TimedOut(timed_out) => {
            let spot = timed_out.blame.as_ref().map(|blame| case.line(blame));
            let finding = Finding::new(Mistake::AppHangs, sentence(kind), spot, at);
            Some(finding.with(hangs::remedy(timed_out, case)))
        }
        EventKind::WorkerDied { reason } if kind.is_timeout() => {
            Some(Finding::new(Mistake::AppHangs, reason.clone(), None, at))
        }
        EventKind::WorkerDied { reason } => os_exit(case, at, reason),
        EventKind::Printed {
            output: Output::Stdout,
            text,
        } => print_in_app(case, at, text),
        _ => None,
    });
    found.collect()
}

/// `os._exit()`: the lines just before it may not have been told any more.
fn os_exit(case: &Case<'_>, at: usize, reason: &str) -> Option<Finding> {
    // Whatever else ended the process, the source may hold such a call all the same.
    let ended_by = match reason {
        _ if reason.contains("exit code") => "_exit",
        _ if reason.contains("SIGABRT") => "abort",
        _ => return None,
    };
    let mut calls = Vec::new();
    for (file, tree) in case.trees() {
        for node in tree.calls(ended_by) {
            let code = tree.source.line(node.line).trim().to_owned();
            let ran = case.ran(file, &tree, node);
            calls.push((ran, code, Spot::of(file, tree.span(node))));
        }
    }
    let ran = calls.iter().position(|(ran, ..)| *ran);
    let message = "the application ended the whole Python process";
    match ran.or((calls.len() == 1).then_some(0)) {
        Some(place) => {
            let (_, code, spot) = calls.swap_remove(place);
            let message = format!("{message}: {code}");
            Some(Finding::new(Mistake::OsExit, message, Some(spot), at))
        }
        None if calls.is_empty() => None,
        None => {
            let message = format!("{message}: one of its calls of {ended_by}()");
            Some(Finding::new(Mistake::OsExit, message, None, at))
        }
    }
}

/// A `print()` of the project's own, not one of a library's.
fn print_in_app(case: &Case<'_>, at: usize, text: &str) -> Option<Finding> {
    let prints = |node: &Node<'_>| {
        let Some(expr) = node.expr() else {
            return false;
        };
        let direct = call(expr).is_some_and(|(call, called)| {
            called == "print" && !call.arguments.keywords.iter().any(is_file)
        });
        let written = method(expr).is_some_and(|(on, called, _)| {
            matches!(called, "write" | "writelines") && last_name(on) == Some("stdout")
        });
        direct || written
    };
    let step = case.run.line_before(at);
    let now = step.and_then(|step| {
        let file = &step.place.file;
        let tree = case.tree(file)?;
        let here = || tree.exprs_at(step.place.line);
        let direct = here().find(|(node, _)| prints(node));
        // print() may have got another name.
        let renamed = || {
            here().find(|(_, expr)| {
                let made = call(expr).map(|(call, _)| tree.all_makings_of(&call.func));
                made.into_iter()
                    .flatten()
                    .any(|it| last_name(it) == Some("print"))
            })
        };
        let (node, _) = direct.or_else(renamed)?;
        Some(Spot::of(file, tree.span(node)))
    });
    let spot = now.or_else(|| {
        case.trees().find_map(|(file, tree)| {
            let written = ["write", "writelines"].map(|name| tree.calls(name));
            let mut candidates = tree.calls("print").chain(written.into_iter().flatten());
            let node = candidates
                .find(|node| prints(node) && (step.is_none() || case.ran(file, &tree, node)))?;
            Some(Spot::of(file, tree.span(node)))
        })
    })?;
    let line = text.lines().next().unwrap_or_default();
    let first = &line[..line.floor_char_boundary(SHOWN)];
    let more = if first == line { "" } else { "…" };
    let message =
        format!("print() wrote '{first}{more}' to the server's terminal; a visitor never sees it");
    let moment = case.exchange().now();
    let is_blank =
        moment.body.length == 0 && moment.status().is_some_and(|it| it.starts_with("200"));
    if is_blank {
        let message = format!("{message}, and the page is blank");
        // Whoever answers with nothing on purpose may print what came.
        let mistake = if is_page(text) {
            Mistake::PagePrinted
        } else {
            Mistake::PrintInApp
        };
        let finding = Finding::new(mistake, message, Some(spot), at);
        return Some(finding.with(Remedy::Example(RETURN_IT.to_owned())));
    }
    Some(Finding::new(Mistake::PrintInApp, message, Some(spot), at))
}

/// Whether a text is the page that a CGI script prints: HTML, or the headers before it.
fn is_page(text: &str) -> bool {
    const SIGNS: [&str; 7] = [
        "<!doctype",
        "<html",
        "<body",
        "<h1",
        "<p>",
        "content-type:",
        "status:",
    ];
    let text = text.trim_start().to_ascii_lowercase();
    SIGNS.iter().any(|it| text.starts_with(it))
}

fn is_file(keyword: &ruff_python_ast::Keyword) -> bool {
    keyword.arg.as_ref().is_some_and(|name| name == "file")
}
