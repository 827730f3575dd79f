//! The commands of a lesson without a screen: a word or its beginning, and what stands behind it.
//! Pure.

/// What the learner asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Next,
    Back,
    Task,
    Text,
    Hint,
    Guess,
    /// The answer of this number, counted from 1, to what was asked.
    Number(usize),
    /// A request, as it was typed; empty for the one that the lesson suggests.
    Send(String),
    /// What the last answer redirects to.
    Follow,
    /// The fields of the lesson's form, as they were typed.
    Form(String),
    Check,
    Solution,
    Take,
    Mistake,
    PutBack,
    /// All of environ, or one key.
    Environ(Option<String>),
    Response,
    Body,
    /// The body as a page, where it is HTML.
    Page,
    Events,
    File,
    Edit,
    /// Another step, by its name or number.
    Step(String),
    Explain(Option<String>),
    List,
    Help,
    Quit,
}

/// Why a line is no command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    #[error("There is no command '{word}'. The commands are: {}.", words().join(", "))]
    Unknown { word: String },
    #[error("'{word}' can mean {}. Type more of it.", either(.meanings))]
    Ambiguous {
        word: String,
        meanings: Vec<&'static str>,
    },
    #[error("'{0}' stands alone; nothing can follow it.")]
    Alone(&'static str),
    #[error("Which one? Type '{0}'.")]
    Lacking(&'static str),
}

/// What may follow a command's word.
#[derive(Clone, Copy)]
enum Takes {
    Nothing(fn() -> Command),
    One(fn(String) -> Command),
    OneOrNone(fn(Option<String>) -> Command),
    Any(fn(String) -> Command),
    /// This word, or nothing.
    Word(&'static str, fn() -> Command),
}

/// A command as `help` shows it.
#[derive(Clone, Copy)]
struct Entry {
    word: &'static str,
    /// Another word for the same.
    also: Option<&'static str>,
    /// With what may follow it.
    usage: &'static str,
    does: &'static str,
    takes: Takes,
}

const fn entry(word: &'static str, usage: &'static str, does: &'static str, takes: Takes) -> Entry {
    Entry {
        word,
        also: None,
        usage,
        does,
        takes,
    }
}

const fn synonym(also: &'static str, entry: Entry) -> Entry {
    Entry {
        also: Some(also),
        ..entry
    }
}

#[rustfmt::skip] // A table: one row a line.
const ENTRIES: &[Entry] = &[
    entry("next", "next", "goes to the next step", Takes::Nothing(|| Command::Next)),
    entry("back", "back", "goes to the step before", Takes::Nothing(|| Command::Back)),
    entry("step", "step NAME", "goes to the step of this name or number", Takes::One(Command::Step)),
    synonym("read", entry("text", "text or read", "tells the step again", Takes::Nothing(|| Command::Text))),
    entry("task", "task", "tells the task again, and what became of its checks", Takes::Nothing(|| Command::Task)),
    entry("check", "check", "checks the step now; saving the file checks it too", Takes::Nothing(|| Command::Check)),
    entry("hint", "hint", "gives one more hint each time", Takes::Nothing(|| Command::Hint)),
    entry("guess", "guess", "asks what you think will happen; a number answers", Takes::Nothing(|| Command::Guess)),
    entry("send", "send [METHOD] [PATH] [name=value …]", "sends a request; alone, the one that the step suggests", Takes::Any(Command::Send)),
    entry("form", "form [name=value …]", "sends the lesson's form", Takes::Any(Command::Form)),
    entry("follow", "follow", "follows the redirect of the last answer, as a browser would", Takes::Nothing(|| Command::Follow)),
    synonym("headers", entry("response", "response or headers", "tells the status and the headers of the last answer", Takes::Nothing(|| Command::Response))),
    entry("page", "page", "tells the page of the last answer as a browser shows it", Takes::Nothing(|| Command::Page)),
    entry("body", "body", "tells the body of the last answer", Takes::Nothing(|| Command::Body)),
    entry("environ", "environ [KEY]", "tells environ of the last request, or one key of it", Takes::OneOrNone(Command::Environ)),
    entry("events", "events", "tells all that happened in the last request, line by line", Takes::Nothing(|| Command::Events)),
    entry("file", "file", "tells where your file is, and what stands in it", Takes::Nothing(|| Command::File)),
    entry("edit", "edit", "opens your editor ($VISUAL or $EDITOR) on the file", Takes::Nothing(|| Command::Edit)),
    entry("solution", "solution", "tells a solution of the step", Takes::Nothing(|| Command::Solution)),
    entry("take", "take", "puts the solution into your file, and keeps a copy of yours", Takes::Nothing(|| Command::Take)),
    entry("mistake", "mistake", "lists mistakes to make on purpose; a number chooses one", Takes::Nothing(|| Command::Mistake)),
    entry("put", "put back", "puts your file back as it was before the mistake", Takes::Word("back", || Command::PutBack)),
    entry("explain", "explain [WORD]", "explains a word, a key of environ or a mistake; alone, lists them all", Takes::OneOrNone(Command::Explain)),
    entry("list", "list", "lists the steps and the lessons, and how far you are", Takes::Nothing(|| Command::List)),
    entry("help", "help", "lists the commands", Takes::Nothing(|| Command::Help)),
    entry("quit", "quit", "ends the program, as the end of the input does (ctrl-d)", Takes::Nothing(|| Command::Quit)),
];

/// Reads a line; `None` where nothing stands in it.
///
/// # Errors
/// When it is no command; the message says which there are.
pub fn parse(line: &str) -> Result<Option<Command>, CommandError> {
    let line = line.trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    if word.is_empty() {
        return Ok(None);
    }
    if rest.is_empty()
        && let Ok(number) = word.parse()
    {
        return Ok(Some(Command::Number(number)));
    }
    let entry = find(word)?;
    let one = || rest.to_owned();
    match entry.takes {
        Takes::Nothing(command) if rest.is_empty() => Ok(command()),
        Takes::Nothing(_) => Err(CommandError::Alone(entry.word)),
        Takes::One(_) if rest.is_empty() => Err(CommandError::Lacking(entry.usage)),
        Takes::One(command) | Takes::Any(command) => Ok(command(one())),
        Takes::OneOrNone(command) => Ok(command(Some(one()).filter(|rest| !rest.is_empty()))),
        Takes::Word(word, command) if rest.is_empty() || rest.eq_ignore_ascii_case(word) => {
            Ok(command())
        }
        Takes::Word(..) => Err(CommandError::Lacking(entry.usage)),
    }
    .map(Some)
}

/// The command that a word, or its beginning, means.
fn find(typed: &str) -> Result<&'static Entry, CommandError> {
    let word = typed.to_lowercase();
    let names = |entry: &'static Entry| {
        let also = entry.also.map(|also| (also, entry));
        std::iter::once((entry.word, entry)).chain(also)
    };
    let all = || ENTRIES.iter().flat_map(names);
    if let Some((_, entry)) = all().find(|(name, _)| *name == word) {
        return Ok(entry);
    }
    let meant: Vec<_> = all().filter(|(name, _)| name.starts_with(&word)).collect();
    match meant[..] {
        [] => Err(CommandError::Unknown {
            word: crate::exchange::visible(typed),
        }),
        [(_, entry)] => Ok(entry),
        _ => Err(CommandError::Ambiguous {
            word,
            meanings: meant.into_iter().map(|(name, _)| name).collect(),
        }),
    }
}

/// What each command does, a line each.
pub fn help() -> String {
    let mut text = String::from(
        "The commands. The first letters of one are enough, where no other begins with them.\n",
    );
    for entry in ENTRIES {
        text.push_str(entry.usage);
        text.push_str(": ");
        text.push_str(entry.does);
        text.push_str(".\n");
    }
    text
}

fn words() -> Vec<&'static str> {
    let words = ENTRIES.iter().flat_map(|it| [Some(it.word), it.also]);
    words.flatten().collect()
}

fn either(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => words.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Command, ENTRIES, help, parse};

    #[rstest]
    #[case("next", Command::Next)]
    #[case("  NEXT \r", Command::Next)]
    #[case("n", Command::Next)]
    #[case("c", Command::Check)]
    #[case("g", Command::Guess)]
    #[case("m", Command::Mistake)]
    #[case("l", Command::List)]
    #[case("q", Command::Quit)]
    #[case("hi", Command::Hint)]
    #[case("headers", Command::Response)]
    #[case("read", Command::Text)]
    #[case("task", Command::Task)]
    #[case("pu", Command::PutBack)]
    #[case("put back", Command::PutBack)]
    #[case("2", Command::Number(2))]
    #[case("send", Command::Send(String::new()))]
    #[case("send POST / name=Ada", Command::Send("POST / name=Ada".to_owned()))]
    #[case("form name='Ada L'", Command::Form("name='Ada L'".to_owned()))]
    #[case("environ", Command::Environ(None))]
    #[case("en PATH_INFO", Command::Environ(Some("PATH_INFO".to_owned())))]
    #[case("step 3", Command::Step("3".to_owned()))]
    #[case("explain", Command::Explain(None))]
    #[case("ex wsgi.input", Command::Explain(Some("wsgi.input".to_owned())))]
    fn a_command_is_a_word_or_its_beginning(#[case] line: &str, #[case] expected: Command) {
        assert_eq!(parse(line).unwrap(), Some(expected));
    }

    #[rstest]
    #[case("h", "'h' can mean hint, headers or help. Type more of it.")]
    #[case("bo dy", "'body' stands alone; nothing can follow it.")]
    #[case("b", "'b' can mean back or body. Type more of it.")]
    #[case("next 2", "'next' stands alone; nothing can follow it.")]
    #[case("step", "Which one? Type 'step NAME'.")]
    #[case("put it", "Which one? Type 'put back'.")]
    #[case(
        "x\u{1b}[2J",
        "There is no command 'x\\x1b[2J'. The commands are: next, back, "
    )]
    #[case("-1", "There is no command '-1'.")]
    #[case("99999999999999999999999", "There is no command '9999")]
    fn what_is_no_command_is_answered(#[case] line: &str, #[case] expected: &str) {
        let answer = parse(line).unwrap_err().to_string();
        assert!(answer.starts_with(expected), "{answer}");
    }

    #[test]
    fn an_empty_line_asks_for_nothing() {
        assert_eq!(parse(" \t"), Ok(None));
    }

    #[test]
    fn help_has_every_command_and_each_can_be_typed() {
        for entry in ENTRIES {
            assert!(help().contains(&format!("\n{}: ", entry.usage)));
            let line = format!(
                "{} {}",
                entry.word,
                if entry.word == "step" { "1" } else { "" }
            );
            parse(&line).unwrap();
        }
    }
}
