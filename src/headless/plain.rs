//! Sentences for a terminal without a screen, a pipe, or a screen reader.

use std::fmt::Write as _;

use super::News;
use super::fold::{Told, folded};
use crate::diagnosis::{Diagnosis, Sources, report};
use crate::exchange::{EventKind, Exchange, Raised, sentence, visible};

/// The lines that tell a piece of news, each with its line feed.
pub fn tell(news: &News<'_>, sources: &Sources) -> String {
    match news {
        News::Serving {
            url,
            mount,
            lesson,
            app,
            python,
            taken,
            public,
        } => {
            let taken = taken.map_or(String::new(), |port| {
                format!("Port {port} is taken by another program. ")
            });
            let public = if *public {
                " Other machines can reach it."
            } else {
                ""
            };
            let app = visible(app);
            match lesson {
                Some(lesson) => format!(
                    "{taken}Serving lesson {} ({}) at {url}{mount} with {python}; the app is {app}.{public} Ctrl-C stops.\n",
                    lesson.number,
                    visible(&lesson.title)
                ),
                None => {
                    format!(
                        "{taken}Serving {app} at {url}{mount} with {python}.{public} Ctrl-C stops.\n"
                    )
                }
            }
        }
        News::Exchange(exchange, found) => exchange_told(exchange, found, sources),
        News::Waiting { waits, behind } => {
            let behind = behind.iter().map(|(id, exchange)| match exchange {
                Some(exchange) => named(exchange),
                None => format!("#{id}"),
            });
            let behind: Vec<String> = behind.collect();
            format!(
                "\n{} waits: the app is still answering {}. Save its file to end an answer that does not stop.\n",
                named(waits),
                behind.join(" and ")
            )
        }
        News::Reloaded {
            code,
            raised,
            found,
        } => {
            let mut text = match raised {
                None => format!("The app was loaded: {}.\n", visible(&code.callable)),
                Some(raised) => failure(raised),
            };
            for diagnosis in *found {
                text.push('\n');
                text.push_str(&report::told(diagnosis, sources));
            }
            for line in code.printed.lines() {
                push(&mut text, &format!("  it printed '{}'", visible(line)));
            }
            text
        }
        News::WorkerDied { reason } => {
            format!(
                "The Python process ended: {}. The next request starts a new one.\n",
                visible(reason)
            )
        }
        News::Trouble(trouble) => format!("{}\n", visible(trouble)),
        News::Stopped => "Goodbye.\n".to_owned(),
    }
}

fn failure(raised: &Raised) -> String {
    let mut text = format!(
        "The app could not be loaded: {}.\n",
        sentence(&EventKind::Raised(raised.clone().into()))
    );
    for line in raised.traceback.lines() {
        push(&mut text, &format!("  {}", visible(line)));
    }
    text
}

/// The number of an exchange and what was asked for.
pub fn named(exchange: &Exchange) -> String {
    let asked = match &exchange.now().request {
        Some(request) => format!("{} {}", visible(&request.method), visible(&request.target)),
        None => "a request that was not read".to_owned(),
    };
    format!("#{} {asked}", exchange.id)
}

fn exchange_told(exchange: &Exchange, found: &[Diagnosis], sources: &Sources) -> String {
    let moment = exchange.now();
    let answer = match (&moment.refused, moment.status()) {
        (Some(refused), _) => format!("refused with {}", refused.status),
        (None, Some(status)) => visible(status),
        (None, None) => "no answer".to_owned(),
    };
    let mut text = format!("\n{}: {answer}\n", named(exchange));
    // What happens, and not each line on the way to it: that is too much to read.
    text.push_str(&timeline(exchange, |kind| {
        !matches!(kind, EventKind::Line(_))
    }));
    for diagnosis in found {
        text.push('\n');
        text.push_str(&report::told(diagnosis, sources));
    }
    text
}

/// The events that are chosen, a line each, and the traceback.
pub fn timeline(exchange: &Exchange, is_chosen: impl Fn(&EventKind) -> bool) -> String {
    let mut text = String::new();
    let events = exchange.events().iter();
    let chosen = events.filter(|event| is_chosen(&event.kind));
    let lines: Vec<_> = chosen
        .map(|event| (event.at_us, sentence(&event.kind)))
        .collect();
    for told in folded(&lines) {
        push(&mut text, &line(&told));
    }
    let moment = exchange.now();
    for line in moment
        .error
        .iter()
        .flat_map(|raised| raised.traceback.lines())
    {
        push(&mut text, &format!("    {}", visible(line)));
    }
    text
}

fn line(told: &Told<'_>) -> String {
    match told {
        Told::Once((at, text)) => format!("  {} {text}", milliseconds(*at)),
        Told::Often((at, text), times, last) => format!(
            "  {} {text}; {times} times, the last one at {}",
            milliseconds(*at),
            milliseconds(*last).trim()
        ),
        Told::More(lines, times, last) => format!(
            "  {} the last {lines} lines repeated {times} more times",
            milliseconds(*last)
        ),
    }
}

/// Appends a line.
pub fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn milliseconds(us: u64) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write!(text, "{:>5}.{:01} ms ", us / 1000, us % 1000 / 100);
    text
}

#[cfg(test)]
mod tests {
    use super::exchange_told;
    use crate::diagnosis::Sources;
    use crate::exchange::{By, Event, EventKind, Exchange};

    #[test]
    fn reads_that_are_alike_are_one_line_with_their_number() {
        let mut exchange = Exchange::new(1);
        let reads = (1..=10_000).map(|number| (number, "read(1)"));
        for (at_us, call) in reads.chain([(10_001, "read(2)"), (10_002, "read(1)")]) {
            let kind = EventKind::InputRead {
                call: call.into(),
                got: 1,
                by: By::default(),
            };
            exchange.record(Event { at_us, kind });
        }
        let told = exchange_told(&exchange, &[], &Sources::of("app.py", ""));
        let lines: Vec<&str> = told.lines().skip(2).map(str::trim).collect();
        let expected = [
            "0.0 ms  the app read wsgi.input: read(1) gave 1 byte; 10000 times, the last one at 10.0 ms",
            "10.0 ms  the app read wsgi.input: read(2) gave 1 byte",
            "10.0 ms  the app read wsgi.input: read(1) gave 1 byte",
        ];
        assert_eq!(lines, expected);
    }
}
