//! Reads the tracebacks of Python that frameworks write into their logs.

/// The last traceback in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traceback {
    /// Its last line: `ZeroDivisionError: division by zero`.
    pub exception: String,
    /// Its calls, the innermost last.
    pub calls: Vec<TracedCall>,
}

/// A call in a traceback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TracedCall {
    pub file: String,
    pub line: u32,
    /// What Python marks with `^` and `~` below the line: characters of the line without its
    /// indentation, counted from 0. Nothing where it marks nothing, or where characters of the
    /// line may be wider than one column.
    pub marked: Option<(u32, u32)>,
}

impl Traceback {
    /// The line with which one begins.
    pub const BEGINNING: &str = "Traceback (most recent call last):";

    /// The last one in a text that may hold anything else too.
    pub fn last_in(text: &str) -> Option<Self> {
        let (_, after) = text.rsplit_once(Self::BEGINNING)?;
        let mut calls: Vec<TracedCall> = Vec::new();
        let mut previous = "";
        // What stands on the line of the beginning is no part of it.
        for line in after.lines().skip(1) {
            if line.starts_with(char::is_whitespace) {
                if let Some(call) = call(line) {
                    calls.push(call);
                } else if let Some(last) = calls.last_mut()
                    && last.marked.is_none()
                {
                    last.marked = marked(previous, line);
                }
                previous = line;
            } else if !line.is_empty() {
                let exception = line.trim_end().to_owned();
                return Some(Self { exception, calls });
            }
        }
        None
    }

    /// The exception's type, without its message.
    pub fn into_type(mut self) -> String {
        let end = self.exception.find(':').unwrap_or(self.exception.len());
        self.exception.truncate(end);
        self.exception
    }
}

/// The place in a line such as `  File "/shop/app.py", line 9, in index`.
fn call(line: &str) -> Option<TracedCall> {
    let (file, rest) = line
        .trim()
        .strip_prefix("File \"")?
        .split_once("\", line ")?;
    let digits = rest.split(|it: char| !it.is_ascii_digit()).next()?;
    Some(TracedCall {
        file: file.to_owned(),
        line: digits.parse().ok()?,
        marked: None,
    })
}

/// The part of a line of source that the marks below it stand under.
fn marked(source: &str, marks: &str) -> Option<(u32, u32)> {
    let text = marks.trim();
    let are_marks = text.contains('^') && text.chars().all(|it| matches!(it, '^' | '~'));
    if !are_marks || !source.is_ascii() {
        return None;
    }
    let indented = |line: &str| line.len() - line.trim_start().len();
    let from = indented(marks).checked_sub(indented(source))?;
    let to = from + text.len();
    Some((u32::try_from(from).ok()?, u32::try_from(to).ok()?))
}

#[cfg(test)]
mod tests {
    use super::{Traceback, TracedCall};

    #[test]
    fn the_last_traceback_of_a_log_is_read() {
        let log = "ERROR in app: Exception on / [GET]\n\
                   Traceback (most recent call last):\n  \
                     File \"/shop/data.py\", line 3, in read\n    \
                       return table[key]\n           ~~~~~^^^^^\n\
                   KeyError: 'a'\n\n\
                   During handling of the above exception, another exception occurred:\n\n\
                   Traceback (most recent call last):\n  \
                     File \"/lib/flask/app.py\", line 917, in full_dispatch_request\n    \
                       rv = self.dispatch_request()\n  \
                     File \"/shop/app.py\", line 12, in index\n    \
                       return read[key]\n           ~~~~^^^^^\n\
                   shop.Missing: nothing is called 'a'\nsecond line\n\
                   127.0.0.1 GET / 500\n";
        let read = Traceback::last_in(log).unwrap();
        assert_eq!(read.exception, "shop.Missing: nothing is called 'a'");
        let call = |file: &str, line, marked| TracedCall {
            file: file.to_owned(),
            line,
            marked,
        };
        let calls = [
            call("/lib/flask/app.py", 917, None),
            call("/shop/app.py", 12, Some((7, 16))),
        ];
        assert_eq!(read.calls, calls);
        assert_eq!(read.into_type(), "shop.Missing");
    }

    #[test]
    fn marks_below_letters_of_unknown_width_are_left_out() {
        let log = "Traceback (most recent call last):\n  \
                     File \"/shop/app.py\", line 3, in read\n    \
                       return '価' + table[key]\n                   ~~~~~^^^^^\n\
                   KeyError: 'a'\n";
        let read = Traceback::last_in(log).unwrap();
        assert_eq!(read.calls[0].marked, None);
    }

    #[test]
    fn a_log_without_one_has_none() {
        assert_eq!(Traceback::last_in("it failed\n"), None);
        let cut = "Traceback (most recent call last):\n  File \"a.py\", line 1";
        assert_eq!(Traceback::last_in(cut), None);
    }
}
