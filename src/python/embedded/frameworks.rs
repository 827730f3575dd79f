//! Packages that do not load in the embedded Python, whatever it is deep inside that fails. Pure.

use std::path::{Component, Path};

use super::library::{LACKS, missing_module};
use crate::exchange::{Lack, Raised};

/// The name of the package, or its one module, and what people call it. Those that use one another
/// stand in the order in which a person names them.
const PACKAGES: [(&str, &str); 4] = [
    ("flask", "Flask"),
    ("django", "Django"),
    ("webob", "WebOb"),
    // Its rules for routing are compiled from syntax trees that the embedded Python refuses.
    ("werkzeug", "Werkzeug"),
];
/// The folders that packages are installed into.
const INSTALLED: [&str; 2] = ["site-packages", "dist-packages"];
/// Says of an application of this folder, which the embedded Python could not load, that it needs
/// another Python, where it failed on the way through one of these packages.
pub fn explain(raised: &mut Raised, project: &Path) {
    let Some((module, name)) = package(raised, project) else {
        return;
    };
    // The worker explains a missing module by itself, and says less.
    let explanation = format!("; {LACKS}");
    let what = raised.message.split(&explanation).next();
    let what = what.unwrap_or_default();
    let advice = format!(
        "{name} does not run in the embedded Python; run it with --python python3, or another that has {name}"
    );
    raised.message = if what.is_empty() {
        advice
    } else {
        format!("{what}; {advice}")
    };
    raised.lacks = Some(Lack::Package(module.to_owned()));
}

/// The package that was asked for, and what people call it: the one that is missing, or the first
/// one on the way to what failed.
fn package(raised: &Raised, project: &Path) -> Option<(&'static str, &'static str)> {
    let missing = missing_module(&raised.message);
    let on_the_way = raised.traceback.lines().filter_map(|line| {
        let (file, _) = line.trim_start().strip_prefix("File \"")?.split_once('"')?;
        Some(Path::new(file))
    });
    // Where loading took too long, there is no traceback.
    let stopped_in = raised.blame.iter().map(|blame| Path::new(&blame.file));
    let ways = on_the_way.chain(stopped_in);
    let mut packages = ways.filter_map(|file| first_folder(file, project));
    packages.find_map(named).or_else(|| missing.and_then(named))
}

fn named(package: &str) -> Option<(&'static str, &'static str)> {
    PACKAGES.into_iter().find(|(module, _)| *module == package)
}

/// The folder of a package that a file is of: the first one below where packages lie, or below the
/// project.
fn first_folder<'a>(file: &'a Path, project: &Path) -> Option<&'a str> {
    let parts: Vec<&str> = file.iter().filter_map(|part| part.to_str()).collect();
    let installed = parts.iter().rposition(|part| INSTALLED.contains(part));
    if let Some(place) = installed {
        return parts.get(place + 1).copied();
    }
    let mut below = file.strip_prefix(project).ok()?.components();
    match below.next()? {
        Component::Normal(first) => first.to_str(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rstest::rstest;

    use super::explain;
    use crate::exchange::{Blame, Lack, Raised, RaisedIn};

    const CONSTANT: &str = "required field \"value\" missing from Constant";
    const WITH: &str =
        " does not run in the embedded Python; run it with --python python3, or another that has ";

    fn explained(message: &str, files: &[&str]) -> String {
        let mut raised = Raised {
            r#in: RaisedIn::Load,
            r#type: "TypeError".into(),
            message: message.into(),
            traceback: files
                .iter()
                .flat_map(|file| {
                    [
                        "  File \"",
                        file,
                        "\", line 3, in <module>\n    import it\n",
                    ]
                })
                .collect(),
            blame: None,
            calls: Vec::new(),
            rule: None,
            missing: None,
            lacks: None,
            limit: None,
        };
        explain(&mut raised, Path::new("/home/ada/flask"));
        raised.message
    }

    #[rstest]
    #[case::copied(
        "/home/ada/flask/flask/app.py",
        "/home/ada/flask/werkzeug/routing/rules.py"
    )]
    #[case::installed("/v/lib/python3.12/site-packages/flask/app.py", "/v/x/ast.py")]
    fn whatever_fails_inside_the_package_is_named_that_was_asked_for(
        #[case] first: &str,
        #[case] then: &str,
    ) {
        let said = explained(CONSTANT, &["/home/ada/flask/app.py", first, then]);
        assert_eq!(said, format!("{CONSTANT}; Flask{WITH}Flask"));
    }

    #[test]
    fn a_package_that_is_not_there_is_named_too() {
        let message = "No module named 'django'; the embedded Python has only its standard library";
        let said = explained(message, &["/home/ada/flask/app.py"]);
        let expected = format!("No module named 'django'; Django{WITH}Django");
        assert_eq!(said, expected);
    }

    #[rstest]
    #[case::in_the_project(CONSTANT, "/home/ada/flask/app.py")]
    #[case::in_another_package(CONSTANT, "/v/lib/site-packages/bottle.py")]
    #[case::missing("No module named 'flasks'", "/home/ada/flask/app.py")]
    fn others_are_left_alone(#[case] message: &str, #[case] file: &str) {
        assert_eq!(explained(message, &[file]), message);
    }

    #[test]
    fn where_loading_took_too_long_its_line_says_where() {
        let mut raised = Raised {
            r#in: RaisedIn::Load,
            r#type: "TimeoutError".into(),
            message: "loading the file did not finish within 10 s".into(),
            traceback: String::new(),
            blame: Some(Blame {
                file: "/p/django/db/models/sql/subqueries.py".into(),
                line: 26,
            }),
            calls: Vec::new(),
            rule: None,
            missing: None,
            lacks: None,
            limit: None,
        };
        explain(&mut raised, Path::new("/p"));
        assert!(
            raised.message.contains("; Django does not run"),
            "{raised:?}"
        );
        assert_eq!(raised.lacks, Some(Lack::Package("django".into())));
    }
}
