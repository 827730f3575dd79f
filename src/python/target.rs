//! Which application is to run, and how many may call it at once.

use std::path::{Component, Path, PathBuf};

use ruff_python_ast::{Expr, UnaryOp};
use ruff_text_size::Ranged as _;

use super::error::TargetError;

/// How many files a hint names.
const MAX_HINTS: usize = 8;

/// The application a supervisor runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The folder of the project: first on Python's path, and its files are the application's own.
    pub folder: PathBuf,
    pub app: App,
    /// The name of the callable, such as `application`, `site.app`, `make_app()` or
    /// `make_app("test")`; without one the usual names are tried.
    pub callable: Option<String>,
}

/// Where the application is defined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum App {
    /// In this file.
    File(PathBuf),
    /// In the module of this name: `package.module`.
    Module(String),
}

impl Target {
    /// Reads what a person writes behind `run`: `app.py`, `app.py:application`,
    /// `package.module:app`. `folder` is the project's: the current one.
    ///
    /// # Errors
    /// When it names no application, or a file that is not there; the error says what would be
    /// right.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, TargetError> {
        // A colon in an argument is none between a file and a name.
        let end = match text.find('(') {
            Some(at) if text.ends_with(')') => at,
            _ => text.len(),
        };
        let (place, callable) = match text[..end].rfind(':') {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        if let Some(callable) = callable
            && !is_dotted_name(callable)
            && !is_call(callable)
        {
            return Err(TargetError::Callable {
                callable: callable.to_owned(),
                place: place.to_owned(),
            });
        }
        let app = App::parse(place, folder)?;
        let folder = match &app {
            // A file elsewhere is a project of its own.
            App::File(file) if !file.starts_with(folder) => file.parent().unwrap_or(folder),
            _ => folder,
        };
        Ok(Self {
            folder: folder.to_owned(),
            app,
            callable: callable.map(str::to_owned),
        })
    }

    /// The file it is in, as far as that is known before it runs: for a module the place where it
    /// would lie in the project.
    pub fn file(&self) -> Option<PathBuf> {
        match &self.app {
            App::File(file) => Some(file.clone()),
            App::Module(name) => {
                let path = name
                    .split('.')
                    .fold(self.folder.clone(), |path, part| path.join(part));
                let package = path.join("__init__.py");
                let module = path.with_extension("py");
                [package, module].into_iter().find(|file| file.is_file())
            }
        }
    }

    /// As a learner would write it: `app.py`, or `package.module`.
    pub fn name(&self) -> String {
        match &self.app {
            App::File(file) => {
                let inside = file.strip_prefix(&self.folder);
                inside.unwrap_or(file).display().to_string()
            }
            App::Module(name) => name.clone(),
        }
    }

    /// The same with the callable's name, if one was given: `package.module:app`.
    pub fn label(&self) -> String {
        match &self.callable {
            Some(callable) => format!("{}:{callable}", self.name()),
            None => self.name(),
        }
    }

    /// Where a path of the record lies in the project, for people to read.
    pub fn inside<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.folder).unwrap_or(path)
    }
}

impl App {
    fn parse(place: &str, folder: &Path) -> Result<Self, TargetError> {
        let path = folder.join(place);
        if path.is_file() {
            return Ok(Self::File(normalized(path)));
        }
        let is_file = path.extension().is_some_and(|extension| extension == "py");
        // A folder without this file is a package too, and defines nothing.
        let is_empty_package = path.is_dir() && !path.join("__init__.py").is_file();
        if is_dotted_name(place) && !is_file && !is_empty_package {
            return Ok(Self::Module(place.to_owned()));
        }
        if path.is_dir() {
            return Err(TargetError::Folder {
                place: place.to_owned(),
                files: python_files(&path),
            });
        }
        Err(TargetError::Missing {
            place: place.to_owned(),
            files: python_files(path.parent().unwrap_or(folder)),
        })
    }
}

/// An absolute path without `..` in it. Symbolic links are followed only where there is one.
pub fn normalized(path: PathBuf) -> PathBuf {
    let path = std::path::absolute(&path).unwrap_or(path);
    let leads_up = path.components().any(|part| part == Component::ParentDir);
    if !leads_up {
        return path;
    }
    path.canonicalize().unwrap_or(path)
}

/// The Python files of a folder, as a hint.
pub fn python_files(folder: &Path) -> String {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "py"))
        .collect();
    names.sort();
    names.truncate(MAX_HINTS);
    if names.is_empty() {
        format!("; {} holds no Python file", folder.display())
    } else {
        format!("; the Python files there are {}", names.join(", "))
    }
}

fn is_dotted_name(text: &str) -> bool {
    let is_name = |part: &str| {
        let mut characters = part.chars();
        characters
            .next()
            .is_some_and(|first| first.is_alphabetic() || first == '_')
            && characters.all(|character| character.is_alphanumeric() || character == '_')
    };
    text.split('.').all(is_name)
}

/// Whether a text calls what has a dotted name, with literals for its arguments: whatever else it
/// were, it would be code of its own.
fn is_call(text: &str) -> bool {
    // Nobody writes more, and the parser goes as deep as a text is nested.
    const MAX_LENGTH: usize = 500;
    if text.len() > MAX_LENGTH {
        return false;
    }
    let parsed = ruff_python_parser::parse_expression(text);
    let Ok(Expr::Call(call)) = parsed.map(|it| *it.into_syntax().body) else {
        return false;
    };
    let called = text.get(..call.func.range().len().to_usize());
    let mut keywords = call.arguments.keywords.iter();
    called.is_some_and(is_dotted_name)
        && call.arguments.args.iter().all(is_literal)
        && keywords.all(|it| it.arg.is_some() && is_literal(&it.value))
}

/// Whether it is what `ast.literal_eval` takes.
fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::UnaryOp(it) => it.op == UnaryOp::USub && it.operand.is_number_literal_expr(),
        Expr::List(it) => it.elts.iter().all(is_literal),
        Expr::Tuple(it) => it.elts.iter().all(is_literal),
        Expr::Set(it) => it.elts.iter().all(is_literal),
        Expr::Dict(it) => it.items.iter().all(|item| {
            let is_plain = item.key.as_ref().is_some_and(is_literal);
            is_plain && is_literal(&item.value)
        }),
        _ => expr.is_literal_expr(),
    }
}

/// How many calls of the application can run at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolSize {
    /// Worker processes.
    pub workers: usize,
    /// Threads in each of them that call the application.
    pub threads: usize,
}

/// One at a time.
impl Default for PoolSize {
    fn default() -> Self {
        Self {
            workers: 1,
            threads: 1,
        }
    }
}

impl PoolSize {
    /// The most calls that run at once.
    pub fn calls(self) -> usize {
        self.workers * self.threads
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{App, Target, TargetError};

    fn parse(text: &str) -> Result<(String, Option<String>), TargetError> {
        let folder = tempfile::tempdir().unwrap();
        for file in [
            "app.py",
            "b.py",
            "shop/__init__.py",
            "shop/site.py",
            "notes.txt",
        ] {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let target = Target::parse(text, folder.path())?;
        let place = match &target.app {
            App::File(_) => format!("file {}", target.name()),
            App::Module(_) => format!("module {}", target.name()),
        };
        Ok((place, target.callable))
    }

    #[rstest]
    #[case("app.py", "file app.py", None)]
    #[case("./app.py", "file app.py", None)]
    #[case("app.py:app", "file app.py", Some("app"))]
    #[case("shop/site.py:make()", "file shop/site.py", Some("make()"))]
    #[case(r#"app.py:make("test")"#, "file app.py", Some(r#"make("test")"#))]
    #[case(
        "shop.site:a.make(-1, name='x:y')",
        "module shop.site",
        Some("a.make(-1, name='x:y')")
    )]
    #[case(
        "app.py:make(['a', (1, -2)], mode={'debug': True, 'on': {None}})",
        "file app.py",
        Some("make(['a', (1, -2)], mode={'debug': True, 'on': {None}})")
    )]
    #[case("app", "module app", None)]
    #[case("shop.site:a.b", "module shop.site", Some("a.b"))]
    #[case("nobody.knows:app", "module nobody.knows", Some("app"))]
    fn an_application_can_be_named(
        #[case] text: &str,
        #[case] place: &str,
        #[case] callable: Option<&str>,
    ) {
        let expected = (place.to_owned(), callable.map(str::to_owned));
        assert_eq!(parse(text), Ok(expected));
    }

    #[rstest]
    #[case(
        "ap.py",
        "there is no file 'ap.py'; the Python files there are app.py, b.py"
    )]
    #[case(
        "ap.py:app",
        "there is no file 'ap.py'; the Python files there are app.py, b.py"
    )]
    #[case(
        "shop/",
        "'shop/' is a folder; name a file or a module in it; the Python files there are __init__.py, site.py"
    )]
    #[case(
        "app.py:",
        "'' cannot be the name of a callable; name one as in 'wsgi-tutor run app.py:app'"
    )]
    #[case(
        "app.py:a b",
        "'a b' cannot be the name of a callable; name one as in 'wsgi-tutor run app.py:app'"
    )]
    #[case(
        "app.py:make(exit())",
        "'make(exit())' cannot be the name of a callable; name one as in 'wsgi-tutor run app.py:app', and pass literals only in a call"
    )]
    #[case(
        "app.py:make(*[1], **{'a': 2})",
        "'make(*[1], **{'a': 2})' cannot be the name of a callable; name one as in 'wsgi-tutor run app.py:app', and pass literals only in a call"
    )]
    #[case(
        "app.py:make([x])",
        "'make([x])' cannot be the name of a callable; name one as in 'wsgi-tutor run app.py:app', and pass literals only in a call"
    )]
    #[case(
        "my-app",
        "there is no file 'my-app'; the Python files there are app.py, b.py"
    )]
    fn what_cannot_be_an_application_is_told(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(parse(text).unwrap_err().to_string(), expected);
    }

    #[rstest]
    #[case("shop.site", Some("shop/site.py"))]
    #[case("shop", Some("shop/__init__.py"))]
    #[case("shop.cart", None)]
    fn a_module_has_its_place(#[case] text: &str, #[case] expected: Option<&str>) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("shop")).unwrap();
        for file in ["shop/__init__.py", "shop/site.py"] {
            std::fs::write(folder.path().join(file), "").unwrap();
        }
        let target = Target::parse(text, folder.path()).unwrap();
        let expected = expected.map(|file| folder.path().join(file));
        assert_eq!(target.file(), expected);
    }
}
