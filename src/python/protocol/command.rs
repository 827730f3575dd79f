//! The commands that the supervisor sends to a worker.

use std::io;

use serde::Serialize;

/// A command to a worker.
#[derive(Debug, Serialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum WorkerCommand<'a> {
    /// Run this file, whose bytes follow, or import this module, and find the application in it.
    Load {
        /// The project's folder: first on Python's path, and its files are the application's own.
        folder: &'a str,
        path: Option<&'a str>,
        module: Option<&'a str>,
        callable: Option<&'a str>,
        /// How many threads call it; where it is more than one, each connects to the socket.
        threads: usize,
        socket: Option<&'a str>,
        bytes: usize,
    },
    /// Import these modules of the standard library, which the next application needs.
    Warm { modules: &'a [String] },
    /// Keep this environ for the next call, which may never come.
    Expect {
        environ: &'a serde_json::Map<String, serde_json::Value>,
    },
    /// Call the application; without an environ, with the one that is expected. The request's body
    /// follows.
    Call {
        #[serde(skip_serializing_if = "Option::is_none")]
        environ: Option<&'a serde_json::Map<String, serde_json::Value>>,
        /// Whether to report the lines that run.
        trace: bool,
        bytes: usize,
    },
    /// Continue after a block.
    Next,
    /// Stop after a block.
    Stop,
}

impl WorkerCommand<'_> {
    /// The command as the worker reads it: one line of JSON.
    pub fn to_line(&self) -> io::Result<Vec<u8>> {
        let mut line = serde_json::to_vec(self)?;
        line.push(b'\n');
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use serde_json::{Map, Value};

    use super::WorkerCommand;

    #[test]
    fn the_answers_to_a_block_are_the_lines_the_worker_compares() {
        assert_eq!(
            serde_json::to_string(&WorkerCommand::Next).unwrap(),
            r#"{"do":"next"}"#
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
            let load = WorkerCommand::Load {
                folder: &texts[0],
                path: Some(&texts[1]),
                module: Some(&texts[2]),
                callable: Some(&texts[3]),
                threads,
                socket: Some(&texts[4]),
                bytes,
            };
            let call = WorkerCommand::Call { environ: Some(&environ), trace: true, bytes };
            let warm = WorkerCommand::Warm { modules: &texts };
            let expect = WorkerCommand::Expect { environ: &environ };
            let expected = WorkerCommand::Call { environ: None, trace: true, bytes };
            let commands = [&load, &warm, &expect, &call, &expected, &WorkerCommand::Next, &WorkerCommand::Stop];
            for command in commands {
                let line = serde_json::to_vec(command).unwrap();
                prop_assert!(!line.contains(&b'\n'));
                let read: Value = serde_json::from_slice(&line).unwrap();
                prop_assert!(read["do"].is_string());
                match command {
                    WorkerCommand::Load { .. } => {
                        for (key, text) in ["folder", "path", "module", "callable", "socket"].iter().zip(&texts) {
                            prop_assert_eq!(&read[key], text);
                        }
                        prop_assert_eq!(&read["threads"], threads);
                        prop_assert_eq!(&read["bytes"], bytes);
                    }
                    WorkerCommand::Expect { .. } => {
                        prop_assert_eq!(read["environ"].as_object(), Some(&environ));
                    }
                    WorkerCommand::Call { environ, .. } => {
                        prop_assert_eq!(read["environ"].as_object(), *environ);
                        prop_assert_eq!(&read["bytes"], bytes);
                    }
                    WorkerCommand::Warm { .. } => {
                        prop_assert_eq!(&read["modules"], &serde_json::json!(texts));
                    }
                    WorkerCommand::Next | WorkerCommand::Stop => {}
                }
            }
        }
    }
}
