//! The `except` in which an application answers that it failed, from the lines that ran.

use std::collections::HashMap;

use crate::diagnosis::Sources;
use crate::exchange::{Blame, EventKind, Exchange, Step};

/// An `except` that caught an exception, and that an answer was given in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handler {
    pub place: Blame,
    /// The type of the exception, where the handler gives it a name.
    pub exception: Option<String>,
    /// The line that ran before it.
    pub raised: Option<Blame>,
}

/// A call of a function that goes on.
#[derive(Debug, Default)]
struct Call {
    at: Option<Blame>,
    /// The handler it is in, how far that is indented, and the name it gives the exception.
    handler: Option<(Handler, usize, Option<String>)>,
}

impl Handler {
    /// The handler in which the last answer was started; nothing when it was started elsewhere, or
    /// the lines are not known.
    pub fn of(exchange: &Exchange, sources: &Sources) -> Option<Self> {
        let events = exchange.events();
        let started = |kind: &EventKind| matches!(kind, EventKind::StartResponse(_));
        let end = events.iter().rposition(|event| started(&event.kind))?;
        let by = &exchange.now().started.as_ref()?.by;
        let mut calls: HashMap<u32, Call> = HashMap::new();
        let mut last: Option<&Blame> = None;
        for event in &events[..end] {
            let EventKind::Line(step) = &event.kind else {
                continue;
            };
            let line = sources.get(&step.place.file)?.line(step.place.line);
            calls.entry(step.call).or_default().step(step, line, last);
            last = Some(&step.place);
        }
        let places = by.calls.iter().map(|call| &call.place).chain(&by.blame);
        let mut calls: Vec<(u32, Call)> = calls.into_iter().collect();
        // Of two calls that were last seen on one line, only the later one can still go on.
        calls.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
        places.into_iter().find_map(|place| {
            let here = calls
                .iter()
                .find(|(_, call)| call.at.as_ref() == Some(place));
            let (handler, ..) = here?.1.handler.clone()?;
            Some(handler)
        })
    }
}

impl Call {
    /// Goes on to a line, after the last one of the whole exchange.
    fn step(&mut self, step: &Step, line: &str, last: Option<&Blame>) {
        let indent = line.len() - line.trim_start().len();
        let code = line.trim_start();
        if let Some(rest) = code.strip_prefix("except").filter(|rest| !goes_on(rest)) {
            // One that did not match was asked before.
            let raised = match self.handler.take() {
                Some((before, at, _)) if at == indent => before.raised,
                _ => last.cloned(),
            };
            let handler = Handler {
                place: step.place.clone(),
                exception: None,
                raised,
            };
            self.handler = Some((handler, indent, name(rest)));
        } else if let Some((handler, at, name)) = &mut self.handler {
            let mut locals = step.locals.iter();
            let named = locals.find(|(known, _)| Some(known) == name.as_ref());
            if indent <= *at {
                self.handler = None;
            } else if let (None, Some((_, Some(value)))) = (&handler.exception, named) {
                let kind = value.trim_start_matches('<').trim_end_matches('>');
                handler.exception = Some(kind.to_owned());
            }
        }
        self.at = Some(step.place.clone());
    }
}

/// Whether a word goes on behind its beginning.
fn goes_on(rest: &str) -> bool {
    rest.starts_with(|it: char| it.is_alphanumeric() || it == '_')
}

/// The name in what stands behind an `except`, as in ` ValueError as error:`.
fn name(rest: &str) -> Option<String> {
    let (_, name) = rest.split_once(" as ")?;
    let (name, _) = name.split_once(':')?;
    Some(name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::Handler;
    use crate::diagnosis::Sources;
    use crate::exchange::{Blame, By, Event, EventKind, Exchange, StartResponse, Step};

    const APP: &str = "\
def application(environ, start_response):
    try:
        number = read()
    except KeyError:
        number = 0
    except (ValueError, TypeError) as error:
        start_response('500 Oh', [])
        return []
    start_response('500 No', [])
    excepted = 1
def read():
    return int('x')
";

    /// The handler after these lines, each with the number of its call; the last line starts the
    /// answer.
    fn handler(steps: &[(u32, u32)]) -> Option<(u32, Option<String>, Option<u32>)> {
        let place = |line| Blame {
            file: "app.py".to_owned(),
            line,
        };
        let mut exchange = Exchange::new(1);
        let mut record = |kind| exchange.record(Event { at_us: 0, kind });
        for (call, line) in steps {
            let error = ("error".to_owned(), Some("<ValueError>".to_owned()));
            record(EventKind::Line(Step {
                place: place(*line),
                function: String::new(),
                call: *call,
                depth: *call,
                locals: if *line == 7 { vec![error] } else { Vec::new() },
            }));
        }
        let started = StartResponse {
            status: "500 Oh".to_owned(),
            headers: Vec::new(),
            exc_info: false,
            mounted: None,
            library: None,
            by: By {
                blame: steps.last().map(|(_, line)| place(*line)),
                calls: Vec::new(),
            },
        };
        record(EventKind::StartResponse(started.into()));
        let found = Handler::of(&exchange, &Sources::of("app.py", APP))?;
        let raised = found.raised.map(|it| it.line);
        Some((found.place.line, found.exception, raised))
    }

    #[rstest]
    #[case::in_the_second(
        &[(1, 2), (1, 3), (2, 12), (1, 4), (1, 6), (1, 7)],
        Some((6, Some("ValueError".to_owned()), Some(12)))
    )]
    #[case::in_the_first(&[(1, 2), (1, 3), (1, 4), (1, 5)], Some((4, None, Some(3))))]
    #[case::behind_it(&[(1, 2), (1, 3), (1, 4), (1, 5), (1, 9)], None)]
    #[case::nothing_caught(&[(1, 2), (1, 3), (2, 12), (1, 9)], None)]
    #[case::a_word_that_begins_alike(&[(1, 10), (1, 9)], None)]
    fn the_handler_is_the_one_the_answer_was_given_in(
        #[case] steps: &[(u32, u32)],
        #[case] expected: Option<(u32, Option<String>, Option<u32>)>,
    ) {
        assert_eq!(handler(steps), expected);
    }
}
