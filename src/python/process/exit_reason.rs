//! Explains why a worker's process ended, in a learner's words.

use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;

use rustix::process::Signal;

use super::out_of_memory;

/// The exit code of a worker whose application broke what it shares with the worker.
const EXIT_BROKEN: i32 = 122;
/// The exit code of a worker that lost its pipe.
const EXIT_NO_PIPE: i32 = 123;
/// How CPython begins to say why it gives up.
const FATAL: &str = "Fatal Python error: ";
/// What follows that where it only names the signal.
const SIGNALS: [&str; 5] = [
    "Aborted",
    "Bus error",
    "Floating-point exception",
    "Illegal instruction",
    "Segmentation fault",
];
pub const NO_PIPE: &str = "it lost its pipe to the tutor: the app closed or replaced file descriptors \
                           it did not open";

/// Why a process ended, from its exit status and the end of its output.
pub fn exit_reason(status: Option<ExitStatus>, output_tail: &str) -> String {
    if out_of_memory::is_cause(output_tail) {
        return format!("it {}", out_of_memory::MESSAGE);
    }
    if output_tail.contains("overflowed its stack") {
        return "it ran out of stack: a function calls itself without end".to_owned();
    }
    let how = match status {
        Some(status) if status.code() == Some(EXIT_BROKEN) => {
            "the app broke what it shares with the tutor in one process".to_owned()
        }
        Some(status) if status.code() == Some(EXIT_NO_PIPE) => return NO_PIPE.to_owned(),
        Some(status) => match (status.code(), status.signal()) {
            (Some(code), _) => format!("it ended itself with exit code {code}"),
            (_, Some(signal)) => format!("it was ended by signal {signal}{}", signal_name(signal)),
            (None, None) => "it ended".to_owned(),
        },
        None => "it closed its pipe to the tutor".to_owned(),
    };
    let mut lines = output_tail.trim().lines();
    // CPython says why it gives up, and then what it was doing.
    let why = lines.clone().find(|line| line.starts_with(FATAL));
    if why.is_some_and(|line| SIGNALS.contains(&&line[FATAL.len()..])) {
        return how;
    }
    match why.or_else(|| lines.next_back()) {
        Some(line) => format!("{how}; its last output: {}", crate::exchange::visible(line)),
        None => how,
    }
}

fn signal_name(signal: i32) -> &'static str {
    match Signal::from_named_raw(signal) {
        Some(Signal::KILL) => " (SIGKILL)",
        Some(Signal::SEGV) => " (SIGSEGV: the interpreter crashed)",
        Some(Signal::ABORT) => " (SIGABRT: the interpreter gave up)",
        Some(Signal::TERM) => " (SIGTERM)",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::ExitStatus;

    use super::exit_reason;

    #[test]
    fn an_end_is_explained() {
        let code = ExitStatus::from_raw(7 << 8);
        let killed = ExitStatus::from_raw(9);
        assert_eq!(
            exit_reason(Some(code), ""),
            "it ended itself with exit code 7"
        );
        assert_eq!(
            exit_reason(Some(killed), "bye\x1b[2J\n"),
            "it was ended by signal 9 (SIGKILL); its last output: bye\\x1b[2J"
        );
        assert_eq!(
            exit_reason(Some(killed), "memory allocation of 9 bytes failed\n"),
            "it ran out of the 2 GiB of memory that the tutor lets it have"
        );
        assert_eq!(
            exit_reason(
                Some(killed),
                "Fatal Python error: Segmentation fault\n\nCurrent thread\n"
            ),
            "it was ended by signal 9 (SIGKILL)"
        );
        assert_eq!(
            exit_reason(
                Some(code),
                "x\nFatal Python error: no memory\nPython runtime state: y\n"
            ),
            "it ended itself with exit code 7; its last output: Fatal Python error: no memory"
        );
    }
}
