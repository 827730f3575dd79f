//! The messages a worker sends: the head lines of its frames.

use std::path::PathBuf;

use serde::Deserialize;

use crate::exchange::{
    Blame, BlockSource, By, EnvironChange, EventKind, Output, Raised, RuleBroken, Shared,
    StartResponse,
};

/// A message from a worker.
#[derive(Debug)]
pub enum WorkerMessage {
    /// An event of the record.
    Event(EventKind),
    Control(ControlMessage),
}

impl WorkerMessage {
    /// Parses the head line of a frame.
    pub fn parse(line: &[u8]) -> serde_json::Result<Self> {
        // A head line begins `{"name":`. By the name it is parsed only once.
        let name = line.strip_prefix(b"{\"").unwrap_or_default();
        let name = name.split(|&byte| byte == b'"').next().unwrap_or_default();
        if CONTROL_NAMES.iter().any(|it| it.as_bytes() == name) {
            return serde_json::from_slice(line).map(Self::Control);
        }
        let mut json = serde_json::Deserializer::from_slice(line);
        let event = ApplicationEvent::deserialize(&mut json)?;
        json.end()?;
        Ok(Self::Event(event))
    }
}

/// The events of the record that only the interpreter sees. serde reads them as [`EventKind`].
#[derive(Deserialize)]
#[serde(remote = "EventKind", rename_all = "kebab-case")]
enum ApplicationEvent {
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
    StartResponse(Shared<StartResponse>),
    RuleBroken(Box<RuleBroken>),
    Returned {
        r#type: String,
        length: Option<u64>,
        name: Option<String>,
    },
    Printed {
        output: Output,
        text: String,
    },
    Logged {
        text: String,
    },
    Raised(Shared<Raised>),
    CloseCalled {},
    EnvironChanged {
        changes: Vec<EnvironChange>,
    },
}

/// The names of the control messages.
const CONTROL_NAMES: [&str; 9] = [
    "ready",
    "located",
    "loaded",
    "load-failed",
    "lines",
    "block",
    "timed-out",
    "files",
    "finished",
];

/// A message that is more than an event of the record.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ControlMessage {
    /// The interpreter runs.
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
        /// What the worker adds to environ in every call.
        provided: Vec<ProvidedValue>,
        /// Modules of the standard library that the application has imported.
        imports: Vec<String>,
    },
    LoadFailed(Box<Raised>),
    /// Lines that are about to run, oldest first. `now` is when this is sent, in ns of the worker's
    /// clock.
    Lines {
        now: u64,
        files: Vec<String>,
        lines: Vec<TracedLine>,
    },
    /// A block of `bytes` bytes follows. `only` says that it is the whole body, and `last` that the
    /// worker waits for no answer.
    Block {
        source: BlockSource,
        only: bool,
        last: bool,
        bytes: u64,
    },
    /// The application kept control for too long; the worker ends itself.
    TimedOut(StuckAt),
    Files(OpenedFiles),
    /// The call has ended.
    Finished {},
}

/// A value that the worker adds to environ. An array on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ProvidedValue {
    pub key: String,
    pub repr: String,
    /// The name of its type.
    pub r#type: String,
}

/// A line that is about to run. An array on the wire.
#[derive(Debug, Deserialize)]
pub struct TracedLine {
    /// In ns of the worker's clock.
    pub at: u64,
    /// The index of its file in the message's `files`.
    pub file: usize,
    pub line: u32,
    pub function: String,
    /// The number of the function's call, and how deep that is.
    pub call: u32,
    pub depth: u32,
    /// Local variables that changed: name and short form, or nothing where it is gone.
    pub locals: Vec<(String, Option<String>)>,
}

/// Where the application was when its time was up.
#[derive(Debug, Deserialize)]
pub struct StuckAt {
    #[serde(flatten)]
    pub blame: Option<Blame>,
    pub code: Option<String>,
}

/// Files of the project that the application opened for the first time.
#[derive(Debug, Default, Deserialize)]
pub struct OpenedFiles {
    pub read: Vec<ReadFile>,
    pub written: Vec<PathBuf>,
}

/// A file as it was before the application read it. An array on the wire.
#[derive(Debug, Deserialize)]
pub struct ReadFile {
    pub path: PathBuf,
    /// Nothing where the file was missing.
    pub metadata: Option<FileMetadata>,
}

/// Tells one state of a file from another. An array on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct FileMetadata {
    /// When it was modified, in ns since 1970.
    pub modified: i64,
    /// In bytes.
    pub size: u64,
}

#[cfg(test)]
mod tests {
    use super::{CONTROL_NAMES, ControlMessage, WorkerMessage};
    use crate::exchange::{Blame, EventKind};

    #[test]
    fn an_exception_may_have_a_line() {
        let mut line =
            String::from(r#"{"raised":{"in":"call","type":"E","message":"m","traceback":"t""#);
        let without = WorkerMessage::parse(format!("{line}}}}}").as_bytes());
        line.push_str(r#","file":"/app.py","line":3}}"#);
        let with = WorkerMessage::parse(line.as_bytes());
        let blame = |message: serde_json::Result<_>| match message.unwrap() {
            WorkerMessage::Event(EventKind::Raised(raised)) => raised.blame.clone(),
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

    #[test]
    fn each_control_message_is_parsed_by_its_name() {
        for name in CONTROL_NAMES {
            let error = serde_json::from_str::<ControlMessage>(&format!("{{\"{name}\":0}}"));
            let error = error.unwrap_err().to_string();
            assert!(!error.contains("unknown variant"), "{name}: {error}");
        }
        let unknown = serde_json::from_str::<ControlMessage>("{\"other\":0}").unwrap_err();
        let known = unknown.to_string().matches('`').count() / 2 - 1;
        assert_eq!(known, CONTROL_NAMES.len(), "{unknown}");
        let finished = WorkerMessage::parse(b"{\"finished\": {}}").unwrap();
        assert!(matches!(
            finished,
            WorkerMessage::Control(ControlMessage::Finished {})
        ));
    }

    #[test]
    fn an_event_of_the_gateway_is_refused() {
        let sent = br#"{"bytes-sent":{"bytes":{"length":1,"text":"x"}}}"#;
        assert!(WorkerMessage::parse(sent).is_err());
    }
}
