//! Which folder of `src/` may import from which: the arrows run downward only. Every file has a
//! row, but for `lib.rs`, which only declares.

/// What the files of a folder may import, besides one another.
pub struct Rule {
    pub folder: &'static str,
    pub may_import: &'static [&'static str],
}

const fn rule(folder: &'static str, may_import: &'static [&'static str]) -> Rule {
    Rule { folder, may_import }
}

/// Each row stands above those it may import from, as far as that can be.
#[rustfmt::skip] // A table: one row a line.
pub const RULES: &[Rule] = &[
    rule("tui/mod.rs", &["tui"]),
    // The only place with a terminal, files, threads and the session.
    rule("tui/runtime", &[
        "tui/recording", "tui/update", "tui/draw", "tui/message", "tui/effect", "tui/state", "tui/theme", "terminal", "tui/highlight",
        "log", "spawn", "editor", "browser", "diagnosis", "exchange", "lesson", "ordinary_file", "python", "recording", "session",
    ]),
    rule("tui/recording", &["tui/message", "tui/state", "recording", "session"]),
    rule("tui/update", &[
        "tui/keymap", "tui/content", "tui/message", "tui/effect", "tui/action", "tui/state", "tui/highlight",
        "browser", "diagnosis", "exchange", "lesson", "python", "recording", "session",
    ]),
    rule("tui/draw", &[
        "tui/keymap", "tui/content", "tui/state", "tui/text", "tui/theme", "terminal",
        "browser", "exchange",
    ]),
    rule("tui/keymap", &["tui/content", "tui/action", "tui/state", "tui/theme", "terminal", "lesson"]),
    rule("tui/content", &[
        "tui/state", "tui/text", "tui/theme", "terminal", "tui/highlight",
        "browser", "diagnosis", "exchange", "explain", "glossary", "lesson",
    ]),
    rule("tui/message", &["tui/state", "tui/highlight", "diagnosis", "exchange", "lesson", "session"]),
    rule("tui/effect", &["tui/state", "browser", "exchange", "lesson", "recording"]),
    rule("tui/action", &["tui/state"]),
    rule("tui/state", &[
        "tui/theme", "terminal", "tui/highlight",
        "browser", "diagnosis", "exchange", "lesson", "python",
    ]),
    rule("tui/text", &["tui/theme", "terminal", "exchange"]),
    rule("tui/theme", &["tui/highlight", "terminal"]),
    rule("tui/highlight", &["diagnosis"]),
    rule("main.rs", &["cli", "command", "python", "session"]),
    rule("command", &[
        "cli", "doctor", "exchange", "explain", "headless", "lesson", "locate", "log", "manual", "progress_line", "python",
        "recording", "session", "terminal", "tui", "verify",
    ]),
    rule("manual", &["cli"]),
    rule("progress_line", &["exchange"]),
    rule("cli", &["browser", "exchange", "gateway", "installation", "python", "terminal"]),
    rule("doctor", &["exchange", "installation", "lesson", "locate", "python", "session", "terminal", "verify"]),
    rule("verify", &[
        "browser", "diagnosis", "exchange", "glossary", "lesson", "ordinary_file", "python", "session",
    ]),
    rule("headless", &[
        "browser", "diagnosis", "editor", "exchange", "explain", "lesson", "ordinary_file", "python", "recording", "session", "spawn",
    ]),
    rule("session", &[
        "browser", "diagnosis", "exchange", "gateway", "lesson", "ordinary_file", "python",
    ]),
    rule("locate", &["diagnosis", "ordinary_file", "python"]),
    rule("recording", &["diagnosis", "exchange", "ordinary_file"]),
    rule("lesson", &["browser", "diagnosis", "exchange", "ordinary_file"]),
    rule("installation", &["python"]),
    rule("python/mod.rs", &["python", "exchange", "ordinary_file", "poll", "spawn"]),
    rule("python/supervisor", &[
        "python/process", "python/protocol", "python/embedded", "python/about", "python/engine", "python/error", "python/limits", "python/project",
        "python/target", "exchange", "ordinary_file", "poll",
    ]),
    rule("python/process", &[
        "python/embedded", "python/protocol", "python/about", "python/engine", "python/error", "python/limits", "python/program", "exchange",
        "poll", "spawn",
    ]),
    rule("python/embedded", &["python/limits", "python/protocol", "exchange"]),
    rule("python/protocol", &["exchange", "poll"]),
    rule("python", &["exchange", "ordinary_file", "poll", "spawn"]),
    rule("diagnosis", &["exchange"]),
    rule("diagnosis/source", &["diagnosis/budget"]),
    rule("explain", &["diagnosis", "exchange", "glossary"]),
    rule("glossary", &["exchange"]),
    rule("browser", &["exchange"]),
    // The three parts of the gateway. Nothing in it knows Python.
    rule("gateway/mod.rs", &["gateway"]),
    rule("gateway/server", &["gateway/wsgi", "gateway/http", "exchange", "poll"]),
    rule("gateway/wsgi", &["gateway/http", "exchange"]),
    rule("gateway/http", &["exchange"]),
    // The record knows nothing above it.
    rule("exchange", &[]),
    rule("editor", &[]),
    rule("log", &[]),
    rule("ordinary_file", &[]),
    rule("poll", &[]),
    rule("spawn", &[]),
    rule("terminal", &[]),
];

/// The row of a file: that of the innermost folder.
pub fn rule_of(file: &str) -> Option<&'static Rule> {
    let rules = RULES.iter().filter(|rule| crate::within(file, rule.folder));
    rules.max_by_key(|rule| rule.folder.len())
}

impl Rule {
    pub fn allows(&self, file: &str) -> bool {
        let mut folders = [self.folder]
            .into_iter()
            .chain(self.may_import.iter().copied());
        folders.any(|folder| crate::within(file, folder))
    }
}
