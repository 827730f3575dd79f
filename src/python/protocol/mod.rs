//! The frames between gateway and worker: a line of JSON, then as many raw bytes as its `bytes` says.

pub mod channel;
pub mod frame_reader;
pub mod output;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::exchange::{
    Blame, BlockSource, By, EnvironChange, EventKind, Output, Raised, RuleBroken, StartResponse,
};

/// What the worker is told.
#[derive(Debug, Serialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Command<'a> {
    /// Run this file, whose bytes follow, or import this module, and find the application in it.
    Load {
        /// What the application's own files lie in, and what it imports from first.
        folder: &'a str,
        path: Option<&'a str>,
        module: Option<&'a str>,
        callable: Option<&'a str>,
        /// How many threads are to call it; more than one connect to the socket `lanes`.
        threads: usize,
        lanes: Option<&'a str>,
        bytes: usize,
    },
    /// Import these modules of the standard library: the next application needs them.
    Warm { modules: &'a [String] },
    /// A call with this environ is about to come, unless nothing comes of it.
    Expect {
        environ: &'a serde_json::Map<String, serde_json::Value>,
    },
    /// Call the application, with the environ that is expected where none comes along. The request's
    /// body follows.
    Call {
        #[serde(skip_serializing_if = "Option::is_none")]
        environ: Option<&'a serde_json::Map<String, serde_json::Value>>,
        /// Whether to report the lines that run.
        trace: bool,
        bytes: usize,
    },
    /// Go on after a block.
    Next,
    /// Stop after a block.
    Stop,
}

/// What the worker reports.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Report {
    Ready {
        implementation: String,
        version: String,
        executable: Option<String>,
    },
    /// The file of a module that is about to be imported.
    Located {
        file: PathBuf,
    },
    Loaded {
        callable: String,
        /// What it adds to environ in every call: keys, reprs, names of types.
        provided: Vec<(String, String, String)>,
        /// Modules of the standard library it has imported.
        imports: Vec<String>,
    },
    LoadFailed(Box<Raised>),
    /// Lines of the files that are about to run, oldest first: when, in ns of the worker's clock, which file, line,
    /// function, number of the call, depth, changed locals. `now` is when they are told.
    Lines {
        now: u64,
        files: Vec<String>,
        lines: Vec<Line>,
    },
    Suspended(Blame),
    TraceStopped {
        reason: String,
    },
    InputRead {
        call: String,
        got: u64,
        #[serde(flatten)]
        by: By,
    },
    StartResponse(Box<StartResponse>),
    RuleBroken(Box<RuleBroken>),
    Returned {
        r#type: String,
        length: Option<u64>,
        name: Option<String>,
    },
    /// That many bytes of the body follow. `only` says that they are all of it, and `last` that no
    /// answer is waited for.
    Block {
        source: BlockSource,
        only: bool,
        last: bool,
        bytes: u64,
    },
    Printed {
        output: Output,
        text: String,
    },
    Logged {
        text: String,
    },
    Raised(Box<Raised>),
    CloseCalled {},
    EnvironChanged {
        changes: Vec<EnvironChange>,
    },
    TimedOut(Stuck),
    /// Files of the project the application read for the first time, as they were before: path,
    /// and time of change in ns and size in bytes unless it was missing. And those it wrote, which are its own business.
    Files {
        read: Vec<(PathBuf, Option<(i64, u64)>)>,
        written: Vec<PathBuf>,
    },
    Finished {},
}

/// One of the lines the worker reports.
pub type Line = (
    u64,
    usize,
    u32,
    String,
    u32,
    u32,
    Vec<(String, Option<String>)>,
);

/// Where the application was when the deadline passed.
#[derive(Debug, Deserialize)]
pub struct Stuck {
    #[serde(flatten)]
    pub blame: Option<Blame>,
    pub code: Option<String>,
}

impl Report {
    /// The event of the record a report stands for, or the report itself where it means more.
    pub fn into_event(self) -> Result<EventKind, Self> {
        Ok(match self {
            Self::Suspended(place) => EventKind::Suspended(place),
            Self::TraceStopped { reason } => EventKind::TraceStopped { reason },
            Self::InputRead { call, got, by } => EventKind::InputRead { call, got, by },
            Self::RuleBroken(broken) => EventKind::RuleBroken(broken),
            Self::StartResponse(started) => EventKind::StartResponse(started.into()),
            Self::Returned {
                r#type,
                length,
                name,
            } => EventKind::Returned {
                r#type,
                length,
                name,
            },
            Self::Printed { output, text } => EventKind::Printed { output, text },
            Self::Logged { text } => EventKind::Logged { text },
            Self::Raised(raised) => EventKind::Raised(raised.into()),
            Self::CloseCalled {} => EventKind::CloseCalled,
            Self::EnvironChanged { changes } => EventKind::EnvironChanged { changes },
            other => return Err(other),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    use super::{Command, Report};
    use crate::exchange::{Blame, EventKind};

    #[test]
    fn the_answers_to_a_block_are_the_lines_the_worker_compares() {
        assert_eq!(
            serde_json::to_string(&Command::Next).unwrap(),
            r#"{"do":"next"}"#
        );
    }

    #[test]
    fn an_exception_may_have_a_line() {
        let mut line =
            String::from(r#"{"raised":{"in":"call","type":"E","message":"m","traceback":"t""#);
        let without = serde_json::from_str(&format!("{line}}}}}"));
        line.push_str(r#","file":"/app.py","line":3}}"#);
        let with = serde_json::from_str(&line);
        let blame = |report: Result<Report, _>| match report.unwrap().into_event() {
            Ok(EventKind::Raised(raised)) => raised.blame.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(blame(without), None);
        assert_eq!(
            blame(with),
            Some(Blame {
                file: "/app.py".into(),
                line: 3
            })
        );
    }

    proptest! {
        /// The worker reads a line, then as many raw bytes as it says.
        #[test]
        fn a_command_is_one_line_whatever_it_holds(
            texts in vec(any::<String>(), 5),
            environ in vec(any::<(String, String)>(), 0..9),
            numbers in any::<(usize, usize)>(),
        ) {
            let environ: Map<String, Value> = environ
                .into_iter()
                .map(|(key, value)| (key, value.into()))
                .chain([("wsgi.multithread".to_owned(), true.into())])
                .collect();
            let (bytes, threads) = numbers;
            let load = Command::Load {
                folder: &texts[0],
                path: Some(&texts[1]),
                module: Some(&texts[2]),
                callable: Some(&texts[3]),
                threads,
                lanes: Some(&texts[4]),
                bytes,
            };
            let call = Command::Call { environ: Some(&environ), trace: true, bytes };
            let warm = Command::Warm { modules: &texts };
            let expect = Command::Expect { environ: &environ };
            let expected = Command::Call { environ: None, trace: true, bytes };
            let commands = [&load, &warm, &expect, &call, &expected, &Command::Next, &Command::Stop];
            for command in commands {
                let line = serde_json::to_vec(command).unwrap();
                prop_assert!(!line.contains(&b'\n'));
                let read: Value = serde_json::from_slice(&line).unwrap();
                prop_assert!(read["do"].is_string());
                match command {
                    Command::Load { .. } => {
                        for (key, text) in ["folder", "path", "module", "callable", "lanes"].iter().zip(&texts) {
                            prop_assert_eq!(&read[key], text);
                        }
                        prop_assert_eq!(&read["threads"], threads);
                        prop_assert_eq!(&read["bytes"], bytes);
                    }
                    Command::Expect { .. } => {
                        prop_assert_eq!(read["environ"].as_object(), Some(&environ));
                    }
                    Command::Call { environ, .. } => {
                        prop_assert_eq!(read["environ"].as_object(), *environ);
                        prop_assert_eq!(&read["bytes"], bytes);
                    }
                    Command::Warm { .. } => {
                        prop_assert_eq!(&read["modules"], &serde_json::json!(texts));
                    }
                    Command::Next | Command::Stop => {}
                }
            }
        }
    }
}
