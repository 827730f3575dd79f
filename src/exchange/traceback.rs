//! Reads the tracebacks of Python that frameworks write into their logs.

/// The last traceback in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traceback {
    /// Its last line: `ZeroDivisionError: division by zero`.
    pub exception: String,
    /// The files and lines of its calls, the innermost last.
    pub calls: Vec<(String, u32)>,
}

impl Traceback {
    /// The line with which one begins.
    pub const BEGINNING: &str = "Traceback (most recent call last):";

    /// The last one in a text that may hold anything else too.
    #[must_use]
    pub fn last_in(text: &str) -> Option<Self> {
        let (_, after) = text.rsplit_once(Self::BEGINNING)?;
        let mut calls = Vec::new();
        // What stands on the line of the beginning is no part of it.
        for line in after.lines().skip(1) {
            if line.starts_with(char::is_whitespace) {
                calls.extend(call(line));
            } else if !line.is_empty() {
                let exception = line.trim_end().to_owned();
                return Some(Self { exception, calls });
            }
        }
        None
    }

    /// The exception's type, without its message.
    #[must_use]
    pub fn into_type(mut self) -> String {
        let end = self.exception.find(':').unwrap_or(self.exception.len());
        self.exception.truncate(end);
        self.exception
    }
}

/// The place in a line such as `  File "/shop/app.py", line 9, in index`.
fn call(line: &str) -> Option<(String, u32)> {
    let (file, rest) = line
        .trim()
        .strip_prefix("File \"")?
        .split_once("\", line ")?;
    let digits = rest.split(|it: char| !it.is_ascii_digit()).next()?;
    Some((file.to_owned(), digits.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::Traceback;

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
                     File \"/shop/app.py\", line 12, in index\n\
                   shop.Missing: nothing is called 'a'\nsecond line\n\
                   127.0.0.1 GET / 500\n";
        let read = Traceback::last_in(log).unwrap();
        assert_eq!(read.exception, "shop.Missing: nothing is called 'a'");
        let calls = [
            ("/lib/flask/app.py".to_owned(), 917),
            ("/shop/app.py".to_owned(), 12),
        ];
        assert_eq!(read.calls, calls);
        assert_eq!(read.into_type(), "shop.Missing");
    }

    #[test]
    fn a_log_without_one_has_none() {
        assert_eq!(Traceback::last_in("it failed\n"), None);
        let cut = "Traceback (most recent call last):\n  File \"a.py\", line 1";
        assert_eq!(Traceback::last_in(cut), None);
    }
}
