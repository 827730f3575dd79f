//! A lesson without a screen: commands through a pipe, answers in sentences.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;

use rstest::rstest;
use tempfile::TempDir;
use wsgi_tutor::lesson::{Catalogue, Lesson, Progress, ProgressFile, Way};

use crate::support::{Client, Engine, PATIENCE, SYSTEM, get};

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;

/// Somebody's folders.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn begin(&self, lesson: &str, engine: Engine) -> Talk {
        let mut child = Command::new(env!("CARGO_BIN_EXE_wsgi-tutor"))
            .args([
                "lesson", lesson, "--plain", "--port", "0", "--python", engine,
            ])
            .env("XDG_STATE_HOME", self.0.path().join("state"))
            .env("XDG_DATA_HOME", self.0.path().join("data"))
            .env("TMPDIR", self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (sender, told) = channel();
        thread::spawn(move || {
            loop {
                let mut line = String::new();
                if stdout.read_line(&mut line).unwrap() == 0 || sender.send(line).is_err() {
                    break;
                }
            }
        });
        Talk {
            commands: child.stdin.take(),
            told,
            child,
        }
    }

    /// What is told when these are all the commands.
    fn script(&self, lesson: &str, commands: &[&str]) -> String {
        let mut talk = self.begin(lesson, SYSTEM);
        for command in commands {
            talk.type_in(command);
        }
        talk.end()
    }

    /// The learner's file of lesson 1.
    fn file(&self) -> PathBuf {
        let workspace = self.0.path().join("data/wsgi-tutor/workspace");
        workspace.join("01-basic-response/app.py")
    }

    /// Replaces that file as many editors do: with a new one, renamed over it.
    fn save(&self, source: &str) {
        let new = self.file().with_extension("new");
        fs::write(&new, source).unwrap();
        fs::rename(&new, self.file()).unwrap();
    }

    fn progress(&self) -> Progress {
        let folder = self.0.path().join("state/wsgi-tutor");
        ProgressFile::open(&folder).unwrap().0.progress().clone()
    }
}

/// A tutor that reads commands. Dropping it kills the process.
struct Talk {
    child: Child,
    commands: Option<ChildStdin>,
    told: Receiver<String>,
}

impl Talk {
    fn type_in(&mut self, command: &str) {
        let commands = self.commands.as_mut().unwrap();
        writeln!(commands, "{command}").unwrap();
    }

    /// Reads lines up to one with this text.
    fn until(&mut self, text: &str) -> String {
        let mut told = String::new();
        while !told.contains(text) {
            let line = self.told.recv_timeout(PATIENCE);
            told.push_str(&line.unwrap_or_else(|_| panic!("{text} is not in {told}")));
        }
        told
    }

    /// Ends the input; gives the rest of what is told.
    fn end(mut self) -> String {
        self.commands = None;
        let (mut told, mut error) = (String::new(), String::new());
        loop {
            match self.told.recv_timeout(PATIENCE) {
                Ok(line) => told.push_str(&line),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("the tutor goes on after {told}"),
            }
        }
        let mut stderr = self.child.stderr.take().unwrap();
        stderr.read_to_string(&mut error).unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(0), "{told}");
        assert_eq!(error, "");
        assert!(told.ends_with("Goodbye.\n"), "{told}");
        told
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lesson() -> Lesson {
    Catalogue::embedded().unwrap().lessons.remove(0)
}

/// Asserts that these stand in a text, in this order.
fn assert_in_order(told: &str, parts: &[&str]) {
    let mut rest = told;
    for part in parts {
        let at = rest.find(part);
        let at = at.unwrap_or_else(|| panic!("{part} is not where it should be in {told}"));
        rest = &rest[at + part.len()..];
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn lesson_1_is_completed_through_a_pipe(#[case] engine: Engine) {
    let (home, lesson) = (Home::new(), lesson());
    let mut talk = home.begin("1", engine);
    for step in &lesson.steps {
        match step.solution {
            Some(_) => talk.type_in("solution\ntake\ncheck\nnext"),
            None => talk.type_in("send\nnext"),
        }
    }
    let told = talk.end();
    assert!(!told.contains("Not yet"), "{told}");
    assert!(!told.contains("Not done yet"), "{told}");
    for (number, step) in (1..).zip(&lesson.steps) {
        let title = format!("\nStep {number} of 8, {}: {}.", step.id, step.title);
        assert_in_order(
            &told,
            &[
                &title,
                "\nTask: ",
                "\nPassed: ",
                "\nStep done. 'next' continues.\n",
            ],
        );
        assert!(
            home.progress().is_done(&lesson.name, &step.id),
            "{}",
            step.id
        );
    }
    let end = [
        "You have reached the end of lesson 1",
        "- An application is a callable",
        "'next' opens lesson 2",
    ];
    assert_in_order(&told, &end);
    // What was there before is kept.
    let kept = fs::read_dir(home.file().with_file_name("kept")).unwrap();
    assert_eq!(kept.count(), lesson.steps.len() - 1);
    // The next time it goes on at the end of the lesson.
    let told = home.script("1", &["list"]);
    assert_in_order(
        &told,
        &[
            "done, all 8 steps",
            "a-small-site: A small site of your own. Done.",
        ],
    );
}

#[test]
fn a_file_that_is_saved_is_checked_and_a_wrong_way_is_told_what_is_wrong() {
    let (home, lesson) = (Home::new(), lesson());
    let mut talk = home.begin("basic-response", SYSTEM);
    talk.until("Step 1 of 8");
    for step in lesson.steps.iter().filter(|step| step.is_exercise()) {
        let is_wrong = |way: &&Way| way.told.is_some();
        let way = step.ways.iter().find(is_wrong).unwrap();
        let sentence = way.told.as_ref().unwrap();
        talk.type_in(&format!("step {}", step.id));
        talk.until("You can also type");
        home.save(&way.source);
        let told = talk.until(&format!("Advice: {sentence}"));
        let parts: &[&str] = if told.contains("could not be loaded") {
            &["Found error import-error: ", "Not yet: ", "\nAdvice: "]
        } else {
            &[
                "Not yet: ",
                "\nSent: GET /",
                "\nExpected: ",
                "\nCame: ",
                "\nAdvice: ",
            ]
        };
        assert_in_order(&told, parts);
        assert!(!home.progress().is_done(&lesson.name, &step.id));
    }
    home.save(lesson.steps[7].solution.as_ref().unwrap());
    talk.until("Step done. 'next' continues.");
    home.save("def application(environ\n");
    let told = talk.until("nothing can be checked before Python can load the file");
    assert_in_order(
        &told,
        &[
            "The app could not be loaded: ",
            "SyntaxError",
            "Where: app.py, line 1",
        ],
    );
    talk.end();
}

#[test]
fn requests_of_ones_own_are_told_in_short_and_count() {
    let (home, lesson) = (Home::new(), lesson());
    let mut talk = home.begin("1", SYSTEM);
    let serving = talk.until("Serving lesson 1 ");
    let url = serving.split("http://").nth(1).unwrap();
    let address: SocketAddr = url.split(' ').next().unwrap().parse().unwrap();
    talk.until("You can also type");
    Client::connect(address).send(get("/tea")).rest();
    let told = talk.until("Step done. 'next' continues.");
    let parts = [
        "\n#1 GET /tea: 200 OK\n",
        " headers:\nContent-Type: text/plain\n",
        "The body, 14 bytes:\nHello, world!\n",
        "Passed: A request is answered 200 OK.\n",
    ];
    assert_in_order(&told, &parts);
    assert!(home.progress().is_done(&lesson.name, "first-request"));
    talk.type_in("environ");
    let told = talk.until("wsgi.errors = ");
    let parts = [
        "environ of #1 GET /tea, ",
        "\nRequest line:\nREQUEST_METHOD = 'GET'\n",
        "\nPATH_INFO = '/tea'\n",
        "\nWSGI:\n",
    ];
    assert_in_order(&told, &parts);
    talk.type_in("send post /x name='Zoë L'\nenviron request_method\nevents\nheaders\nbody");
    let told = talk.end();
    let parts = [
        "#2 POST /x: 200 OK",
        "REQUEST_METHOD = 'POST'\n",
        "#2 POST /x: 200 OK\n",
        "the app called start_response('200 OK', 1 header)",
        "next is line ",
        "finished\n#2 POST /x: 200 OK\n",
        "Content-Type: text/plain\n",
        "The body, 14 bytes:\nHello, world!\n",
        "Goodbye.",
    ];
    assert_in_order(&told, &parts);
}

#[test]
fn a_mistake_is_made_and_put_back() {
    let home = Home::new();
    let mut talk = home.begin("1", SYSTEM);
    talk.type_in("step what-was-asked\nsolution\ntake");
    talk.until("Step done.");
    let before = fs::read(home.file()).unwrap();
    talk.type_in("mistake\n1\n9\n1\ncheck");
    let told = talk.until("Your file is broken on purpose.");
    let parts = [
        "1: Return the text, without encoding it\n",
        "A number chooses.",
        "What comes?\n1: ",
        "\n2: An error\nA number answers.\n",
        "Type a number from 1 to 2.",
        "You guessed: The text: Python knows what is meant.\n",
        "That is not what happened. What happened: An error.\n",
        "A server sends bytes",
        "Found error body-is-str in line 11: ",
        "'put back' puts it back as it was.",
    ];
    assert_in_order(&told, &parts);
    assert_ne!(fs::read(home.file()).unwrap(), before);
    talk.type_in("put back\ncheck\nput back");
    let told = talk.end();
    let parts = [
        "Your file is as it was.\n",
        "Step done.",
        "there is nothing to put back",
    ];
    assert_in_order(&told, &parts);
    assert_eq!(fs::read(home.file()).unwrap(), before);
}

#[test]
fn a_question_is_answered_by_a_number() {
    let home = Home::new();
    let told = home.script(
        "1",
        &["1", "step a-class", "guess", "1", "2", "step 1", "guess"],
    );
    let parts = [
        "Nothing is asked now.",
        "Somebody asks for `/tea?milk=yes`.",
        "1: You asked for /tea?milk=yes\n2: You asked for /tea\nA number answers.\n",
        "You guessed: You asked for /tea?milk=yes.\n",
        // The lesson's own file does not answer with the path.
        "none of the answers is right",
        "Nothing is asked now.",
        "This step has no question.",
    ];
    assert_in_order(&told, &parts);
}

#[test]
fn a_solution_is_not_told_unasked() {
    let home = Home::new();
    let commands = [
        "step letters-and-bytes",
        "take",
        "solution",
        "1",
        "hint",
        "solution",
        "solution",
    ];
    let told = home.script("1", &commands);
    let parts = [
        "'solution' tells the solution first",
        "This step is not done yet. Hear the solution anyway?\n1: I'll keep trying\n2: Tell me the solution\n",
        "Go on, then.",
        "Hint 1 of ",
        "This step is not done yet.",
        "One solution of many:\n1: \"\"\"Lesson 1",
        "Its lines that your file does not have: ",
        "Goodbye.",
    ];
    assert_in_order(&told, &parts);
    let (progress, name) = (home.progress(), lesson().name);
    assert_eq!(progress.hints(&name, "letters-and-bytes"), 1);
    assert!(progress.has_seen_solution(&name, "letters-and-bytes"));
}

#[test]
fn words_that_are_no_command_are_answered_with_those_that_are() {
    let home = Home::new();
    let commands = [
        "dance\u{9b}2J",
        "h",
        "help",
        "explain PATH_INFO",
        "explain xyzzy",
        "edit",
        "step 9",
        "environ",
        "",
    ];
    let told = home.script("1", &commands);
    let parts = [
        "There is no command 'dance\\x9b2J'. The commands are: next, back, ",
        "'h' can mean hint, headers or help.",
        "\nnext: goes to the next step.\n",
        "The rest of the path, after SCRIPT_NAME",
        "no entry for 'xyzzy'",
        "The editor needs a terminal.",
        "There is no step '9' from 1 to 8.",
        "Nothing was sent yet.",
        "Goodbye.",
    ];
    assert_in_order(&told, &parts);
    assert!(
        !told.chars().any(|it| it.is_control() && it != '\n'),
        "{told:?}"
    );
}

#[test]
fn lessons_follow_one_another_and_a_form_is_sent() {
    let home = Home::new();
    let commands = [
        "step 8",
        "next",
        "next",
        "send",
        "form name=Zoë",
        "form nmae=x",
        "back",
        "back",
    ];
    let told = home.script("1", &commands);
    let parts = [
        "This step is not done yet; 'back' returns to it.",
        "You have reached the end of lesson 1",
        "Not done yet:\n- step 1, Send your first request\n",
        "\nLesson 2, A form POST.\n",
        "Step 1 of 7, see-the-form",
        "GET /: 200 OK",
        "POST /: ",
        "'nmae=x' is no field of the form. Its fields are: name.",
        // Lesson 1 was left at its last step.
        "\nLesson 1, A basic response.\n",
        "Step 8 of 8, a-small-site",
        "Step 7 of 8, several-blocks",
    ];
    assert_in_order(&told, &parts);
    assert_eq!(home.progress().last(), Some("basic-response"));
}

#[test]
fn a_redirect_is_followed() {
    let home = Home::new();
    let commands = [
        "follow",
        "step 7",
        "solution",
        "solution",
        "take",
        "form name=Zoë",
        "follow",
        "body",
        "follow",
    ];
    let told = home.script("2", &commands);
    let parts = [
        "No request was answered yet.",
        "POST /: 303 See Other",
        "GET /: 200 OK",
        "<li>Zoë</li>",
        "It cannot be followed: this answer is no redirect.",
    ];
    assert_in_order(&told, &parts);
}
