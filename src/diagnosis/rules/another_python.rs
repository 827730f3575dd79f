//! What to run where the embedded Python lacks what an application imports.

use crate::exchange::Lack;

/// Packages that are installed by another name than they are imported by.
const DISTRIBUTIONS: [(&str, &str); 12] = [
    ("MySQLdb", "mysqlclient"),
    ("OpenSSL", "pyOpenSSL"),
    ("PIL", "pillow"),
    ("attr", "attrs"),
    ("bs4", "beautifulsoup4"),
    ("cv2", "opencv-python"),
    ("dateutil", "python-dateutil"),
    ("dotenv", "python-dotenv"),
    ("flask_sqlalchemy", "Flask-SQLAlchemy"),
    ("jwt", "PyJWT"),
    ("paste", "Paste"),
    ("yaml", "PyYAML"),
];

/// The commands with which the application runs; `file` is the path of its file.
pub fn commands(lack: &Lack, file: Option<&str>) -> String {
    let file = file.map_or("app.py", |path| path.rsplit('/').next().unwrap_or(path));
    match lack {
        Lack::Library(_) => format!("wsgi-tutor run {file} --python python3"),
        // Another one than the machine's, which often refuses to have packages installed.
        Lack::Package(module) => format!(
            "# in the folder of {file}\n\
             python3 -m venv .venv\n\
             .venv/bin/pip install {}\n\
             # started again, wsgi-tutor finds .venv and runs {file} with it",
            distribution(module)
        ),
    }
}

/// The name that a package is installed by: most often the one it is imported by.
fn distribution(module: &str) -> &str {
    let mut known = DISTRIBUTIONS.iter();
    known
        .find_map(|(name, installed)| (*name == module).then_some(*installed))
        .unwrap_or(module)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use crate::diagnosis::{Fix, Sources, diagnose_load};
    use crate::exchange::{Lack, Raised, RaisedIn};

    const WANTS: &str = "the embedded Python has only its standard library: --python PATH";

    fn offered(message: &str, lacks: Option<Lack>) -> Option<String> {
        let raised = Raised {
            r#in: RaisedIn::Load,
            r#type: "RuntimeError".into(),
            message: message.into(),
            traceback: String::new(),
            blame: None,
            calls: Vec::new(),
            rule: None,
            missing: None,
            lacks,
            limit: None,
        };
        let found = diagnose_load(&raised, &Sources::of("/home/ada/shop.py", ""));
        match &found.diagnoses[0].fix {
            Fix::Example(code) => Some(code.clone()),
            Fix::Instead(_) | Fix::None => None,
        }
    }

    #[rstest]
    #[case::by_its_name("flask", ".venv/bin/pip install flask")]
    #[case::by_another_name("yaml", ".venv/bin/pip install PyYAML")]
    fn a_package_is_installed_beside_the_app(#[case] module: &str, #[case] install: &str) {
        let code = offered(WANTS, Some(Lack::Package(module.into()))).unwrap();
        let lines: Vec<&str> = code.lines().collect();
        assert_eq!(
            lines,
            [
                "# in the folder of shop.py",
                "python3 -m venv .venv",
                install,
                "# started again, wsgi-tutor finds .venv and runs shop.py with it",
            ]
        );
    }

    #[test]
    fn a_part_of_the_standard_library_needs_another_python() {
        let code = offered(WANTS, Some(Lack::Library("sqlite3".into())));
        let expected = "wsgi-tutor run shop.py --python python3";
        assert_eq!(code.as_deref(), Some(expected));
    }

    #[test]
    fn the_words_of_an_exception_say_nothing_of_the_python() {
        assert_eq!(offered("give --python a path", None), None);
    }
}
