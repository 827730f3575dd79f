//! Looks at what the lessons need. Whatever can be tried is tried for real.

use std::env;
use std::io::{self, IsTerminal as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};

use super::Finding;
use crate::installation::Installation;
use crate::lesson::{ProgressFile, state_folder};
use crate::locate::{self, Surroundings};
use crate::python::{About, Engine, HAS_EMBEDDED, PoolSize};
use crate::session::{PrivateFolder, resources};
use crate::terminal::{SMALLEST, Theme, ThemeName};
use crate::verify;

/// What the lessons would be started with.
#[derive(Debug)]
pub struct Configuration {
    /// The Python that was named.
    pub python: Option<Engine>,
    /// Where an application of one's own may be.
    pub home: Option<PathBuf>,
    pub port: u16,
    /// Where the learner's files lie, or why there is no place for them.
    pub workspace: anyhow::Result<PathBuf>,
}

/// Looks at everything.
pub fn examine(configuration: &Configuration) -> Vec<Finding> {
    let mut findings = vec![versions(), installation(), terminal(), colours(), letters()];
    match resources::check(PoolSize::default()) {
        Ok(()) => {
            let engine = configuration.python.clone().unwrap_or_default();
            let greeting = verify::greeting(&engine);
            findings.extend(pythons(&engine, &greeting));
            let home = configuration
                .home
                .as_deref()
                .filter(|_| configuration.python.is_none());
            findings.extend(home.and_then(|home| app(home, (&engine, &greeting))));
        }
        // Python would fail for the same reason, and get the blame.
        Err(shortage) => findings.push(Finding::problem(
            "limits",
            shortage.problem(),
            shortage.remedy(),
        )),
    }
    findings.push(port(configuration.port));
    findings.push(match &configuration.workspace {
        Ok(folder) => writable(
            "workspace",
            folder,
            "name another folder with --workspace DIR",
        ),
        Err(error) => Finding::problem(
            "workspace",
            format!("{error:#}"),
            "name one with --workspace DIR",
        ),
    });
    findings.push(progress());
    findings.push(temporary());
    findings
}

fn versions() -> Finding {
    let found = format!(
        "wsgi-tutor {} on {} {}",
        env!("CARGO_PKG_VERSION"),
        env::consts::OS,
        env::consts::ARCH
    );
    Finding::ok("version", found)
}

fn installation() -> Finding {
    let name = "installed";
    match Installation::of_process() {
        Ok(installation) => {
            let found = format!(
                "{}; to update: {}",
                installation.origin(),
                installation.update()
            );
            Finding::ok(name, found)
        }
        Err(error) => {
            let found = format!("where this program lies is not known: {error}");
            Finding::warning(name, found, "update it as you installed it")
        }
    }
}

fn terminal() -> Finding {
    let name = "terminal";
    if !io::stdout().is_terminal() {
        let mend = "start wsgi-tutor in a terminal, or use --plain";
        return Finding::warning(name, "the output is not a terminal", mend);
    }
    let term = env::var("TERM").unwrap_or_default();
    if term.is_empty() || term == "dumb" {
        let mend = "set TERM to what your terminal is, such as xterm-256color, or use --plain";
        return Finding::problem(name, "TERM does not say what the terminal can do", mend);
    }
    match crossterm::terminal::size() {
        Ok((columns, rows)) if columns >= SMALLEST.0 && rows >= SMALLEST.1 => {
            Finding::ok(name, format!("{term}, {columns}×{rows}"))
        }
        Ok((columns, rows)) => Finding::problem(
            name,
            format!("{columns}×{rows} is too small"),
            format!("make it {}×{} or larger", SMALLEST.0, SMALLEST.1),
        ),
        Err(error) => Finding::problem(
            name,
            format!("its size is not known: {error}"),
            "use --plain",
        ),
    }
}

fn colours() -> Finding {
    let variable = |name| env::var(name).ok();
    let (no_color, background) = (variable("NO_COLOR"), variable("COLORFGBG"));
    let theme = Theme::choose(ThemeName::Auto, no_color.as_deref(), background.as_deref());
    Finding::ok("colours", theme.name())
}

fn letters() -> Finding {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"];
    let mut set = names.iter().filter_map(|name| env::var(name).ok());
    let locale = set.find(|value| !value.is_empty()).unwrap_or_default();
    let plain = locale.to_ascii_lowercase().replace('-', "");
    if plain.contains("utf8") {
        Finding::ok("letters", locale)
    } else {
        let found = format!("the locale is '{locale}', which is not UTF-8");
        Finding::warning(
            "letters",
            found,
            "set LANG to one that is, such as C.UTF-8, if lines look broken",
        )
    }
}

/// What a Python says of itself that was to answer a request of a lesson.
type Greeting = anyhow::Result<About>;

/// Really has each Python answer a request of a lesson; the one that is needed has been asked.
fn pythons(needed: &Engine, greeting: &Greeting) -> Vec<Finding> {
    let others = verify::engines().into_iter().filter(|it| it != needed);
    let mut findings: Vec<Finding> = vec![python(needed, greeting, true)];
    findings.extend(others.map(|engine| python(&engine, &verify::greeting(&engine), false)));
    if !HAS_EMBEDDED {
        let found = "this program was built without one of its own";
        findings.push(Finding::warning(
            "python",
            found,
            "none is needed if python3 is on the path; --python PATH names another",
        ));
    }
    findings
}

fn python(engine: &Engine, greeting: &Greeting, needed: bool) -> Finding {
    match greeting {
        Ok(about) => {
            let lacks = match engine {
                Engine::Embedded => "; it has no sqlite3 and no ssl, see docs/embedded-python.md",
                Engine::System(_) => "",
            };
            Finding::ok("python", format!("{about} answers requests{lacks}"))
        }
        Err(error) => {
            let found = format!("{engine}: {error:#}");
            let mend = "use the one inside, or name a Python 3.9 or later with --python PATH";
            if needed {
                Finding::problem("python", found, mend)
            } else {
                Finding::warning("python", found, mend)
            }
        }
    }
}

/// The application in a folder, and the Python that `run` would choose for it. One has been asked
/// already.
fn app(folder: &Path, (known, greeting): (&Engine, &Greeting)) -> Option<Finding> {
    let name = "app";
    let surroundings = Surroundings::of_process();
    let located = locate::application(None, folder, &surroundings).ok()?;
    let app = located.found?;
    let choice = match locate::python(&located.target, &surroundings) {
        Ok(choice) => choice,
        Err(broken) => return Some(Finding::warning(name, broken.found, broken.mend)),
    };
    let asked;
    let greeting = if choice.engine == *known {
        greeting
    } else {
        asked = verify::greeting(&choice.engine);
        &asked
    };
    Some(match greeting {
        Ok(about) => {
            let reason = choice.reason;
            let about = About {
                reason,
                ..about.clone()
            };
            Finding::ok(name, format!("{app} runs with {about}"))
        }
        Err(error) => Finding::warning(
            name,
            format!("{}: {error:#}", choice.engine),
            "repair it, or choose another Python with --python PATH",
        ),
    })
}

fn port(port: u16) -> Finding {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Finding::ok("port", format!("{port} is free")),
        Err(error) => Finding::warning(
            "port",
            format!("{port} cannot be used: {error}"),
            "the next free one is taken; --port chooses another",
        ),
    }
}

/// Tries to write in a folder, or in the nearest one above it that is there.
fn writable(name: &'static str, folder: &Path, mend: &str) -> Finding {
    let there = folder.ancestors().find(|it| it.is_dir());
    let tried = there.map(tempfile::tempfile_in);
    match tried {
        Some(Ok(_)) => Finding::ok(name, folder.display().to_string()),
        Some(Err(error)) => Finding::problem(
            name,
            format!("{} cannot be written: {error}", folder.display()),
            mend,
        ),
        None => Finding::problem(
            name,
            format!("{} cannot be created", folder.display()),
            mend,
        ),
    }
}

fn progress() -> Finding {
    let name = "progress";
    let mend = "without it the lessons work but nothing is remembered; XDG_STATE_HOME names another folder";
    match state_folder() {
        Err(error) => Finding::warning(name, format!("{error:#}"), mend),
        Ok(folder) => match ProgressFile::look(&folder) {
            Ok(()) => writable(name, &folder, mend),
            Err(error) => Finding::warning(name, error.to_string(), mend),
        },
    }
}

fn temporary() -> Finding {
    let name = "temporary";
    let folder = env::temp_dir();
    let mend = "set TMPDIR to a writable folder with a short name";
    match PrivateFolder::make() {
        Ok(private) => match private.elsewhere() {
            None => Finding::ok(name, folder.display().to_string()),
            Some(elsewhere) => {
                let (folder, elsewhere) = (folder.display(), elsewhere.display());
                let found = format!("{folder} cannot be used; {elsewhere} is used instead");
                Finding::warning(name, found, mend)
            }
        },
        Err(error) => Finding::problem(name, format!("{error:#}"), mend),
    }
}

#[cfg(test)]
mod tests {
    use super::{port, writable};
    use crate::doctor::State;

    #[test]
    fn a_port_that_is_taken_is_no_problem() {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let number = taken.local_addr().unwrap().port();
        assert_eq!(port(number).state, State::Warning);
        drop(taken);
        assert_eq!(port(number).state, State::Ok);
    }

    #[test]
    fn a_folder_that_is_not_there_yet_can_be_made() {
        let folder = tempfile::tempdir().unwrap();
        let finding = writable("workspace", &folder.path().join("a/b"), "");
        assert_eq!(finding.state, State::Ok);
    }
}
