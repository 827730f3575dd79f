//! What to do instead of the line at which an application was stopped.

use ruff_python_ast::{Expr, ExprCall, Stmt};

use super::Remedy;
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{Tree, call, last_name, method};
use crate::exchange::TimedOut;

/// Methods that wait, and take a limit.
const WAITS: &[&str] = &["wait", "join", "acquire", "result"];
/// Methods of a socket, which has one limit for all of them.
const OF_SOCKETS: &[&str] = &[
    "accept",
    "connect",
    "recv",
    "recv_into",
    "recvfrom",
    "sendall",
];
/// Modules whose functions send a request.
const CLIENTS: &[&str] = &["requests", "httpx"];

const ANSWER_AT_ONCE: &str = "\
start_response('503 Service Unavailable', [('Retry-After', '10')])
return [b'Not yet. Please come back later.\\n']";

/// What is offered for the line that took too long.
pub fn remedy(timed_out: &TimedOut, case: &Case<'_>) -> Remedy {
    let Some(blame) = &timed_out.blame else {
        return Remedy::Explained;
    };
    let Some(tree) = case.tree(&blame.file) else {
        return Remedy::Explained;
    };
    let exprs = || tree.exprs_at(blame.line).map(|(_, expr)| expr);
    if let Some(example) = exprs().find_map(|expr| with_limit(&tree, expr)) {
        return Remedy::Example(example);
    }
    if is_in_loop(&tree, blame.line) {
        return Remedy::Explained;
    }
    if let Some(lock) = tree.stmt_at(blame.line).and_then(|it| lock_of(it.stmt()?)) {
        let code = tree.source.code(lock);
        return Remedy::Example(format!("if {code}.acquire(timeout=5):"));
    }
    let sleeps = exprs().any(|expr| call(expr).is_some_and(|(_, called)| called == "sleep"));
    if sleeps && !timed_out.in_body {
        return Remedy::Example(ANSWER_AT_ONCE.to_owned());
    }
    Remedy::Nothing
}

/// A call that waits without a limit, with one.
fn with_limit(tree: &Tree<'_>, expr: &Expr) -> Option<String> {
    let (outer, called) = call(expr)?;
    let arguments = &outer.arguments;
    if arguments.find_keyword("timeout").is_some() {
        return None;
    }
    let on = method(expr).map(|(on, _, _)| on);
    let is_client = on
        .and_then(last_name)
        .is_some_and(|it| CLIENTS.contains(&it));
    let waits =
        on.is_some() && arguments.is_empty() && (called == "get" || WAITS.contains(&called));
    if is_client || waits || called == "urlopen" {
        return Some(limited(tree, outer));
    }
    let socket = on.filter(|_| OF_SOCKETS.contains(&called))?;
    let code = tree.source.code(socket);
    Some(format!("{code}.settimeout(5)  # before it is used"))
}

/// The code of a call with five seconds as its limit.
fn limited(tree: &Tree<'_>, outer: &ExprCall) -> String {
    let code = tree.source.code(outer);
    let code = code.strip_suffix(')').unwrap_or(code);
    let code = code.trim_end().trim_end_matches(',');
    let comma = if outer.arguments.is_empty() { "" } else { ", " };
    format!("{code}{comma}timeout=5)")
}

/// Whether a line is of a loop that asks for something each time.
fn is_in_loop(tree: &Tree<'_>, line: u32) -> bool {
    let Some(statement) = tree.stmt_at(line) else {
        return false;
    };
    let around = std::iter::once(statement).chain(tree.around(statement));
    let mut here = around.take_while(|it| it.function().is_none());
    here.any(|it| matches!(it.stmt(), Some(Stmt::While(_))))
}

/// The lock of `with lock:`.
fn lock_of(stmt: &Stmt) -> Option<&Expr> {
    match stmt {
        Stmt::With(it) => {
            let lock = &it.items.first()?.context_expr;
            matches!(lock, Expr::Name(_) | Expr::Attribute(_)).then_some(lock)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::diagnosis::{Fix, Sources, diagnose};
    use crate::exchange::{Blame, Event, EventKind, Exchange, TimedOut};

    const FILE: &str = "/home/ada/app.py";

    /// What is offered where the line of an application with the mark `# here` took too long.
    fn offered(lines: &str, in_body: bool) -> Option<String> {
        let source = format!("def application(environ, start_response):\n{lines}\n");
        let line = source.lines().position(|it| it.ends_with("# here"));
        let timed_out = EventKind::TimedOut(TimedOut {
            after_ms: 10_000,
            in_body,
            blame: Some(Blame {
                file: FILE.into(),
                line: u32::try_from(line.unwrap()).unwrap() + 1,
            }),
            code: None,
        });
        let mut exchange = Exchange::new(1);
        for kind in [timed_out, EventKind::Finished] {
            exchange.record(Event { at_us: 0, kind });
        }
        let found = diagnose(&exchange, &Sources::of(FILE, &source)).diagnoses;
        assert_eq!(found[0].slug(), "app-hangs");
        match &found[0].fix {
            Fix::Example(code) => Some(code.clone()),
            Fix::Instead(_) | Fix::None => None,
        }
    }

    #[rstest]
    #[case::sleep(
        "    time.sleep(60)  # here",
        "start_response('503 Service Unavailable', "
    )]
    #[case::polling(
        "    while not done():\n        time.sleep(1)  # here",
        "while not done() and "
    )]
    #[case::busy("    while not finished: pass  # here", "while not done() and ")]
    #[case::event("    READY.wait()  # here", "READY.wait(timeout=5)")]
    #[case::queue("    job = jobs.get()  # here", "jobs.get(timeout=5)")]
    #[case::lock("    with LOCK:  # here\n        pass", "if LOCK.acquire(timeout=5):")]
    #[case::page("    page = urlopen(url).read()  # here", "urlopen(url, timeout=5)")]
    #[case::client(
        "    page = requests.get(url,)  # here",
        "requests.get(url, timeout=5)"
    )]
    #[case::socket("    data = peer.recv(10)  # here", "peer.settimeout(5)  # before")]
    fn a_limit_fits_what_waits(#[case] lines: &str, #[case] expected: &str) {
        let code = offered(lines, false).unwrap();
        assert!(code.starts_with(expected), "{code}");
    }

    #[rstest]
    #[case::sleep_in_the_body("    time.sleep(60)  # here", true)]
    #[case::has_a_limit("    READY.wait(timeout=60)  # here", false)]
    #[case::works("    total = sum(range(10 ** 10))  # here", false)]
    #[case::dict("    name = names.get(key)  # here", false)]
    fn nothing_is_offered_where_no_limit_helps(#[case] lines: &str, #[case] in_body: bool) {
        assert_eq!(offered(lines, in_body), None);
    }
}
