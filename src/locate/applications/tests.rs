use std::fs;

use rstest::rstest;
use tempfile::TempDir;

use super::application;
use crate::locate::Surroundings;

const APP: &str = "def application(environ, start_response): pass\n";
const FACTORY: &str = "def create_app(config=None):\n    return 1\n";
const MANAGE: &str =
    "def main():\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings.dev')\n";

fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    folder
}

/// What is found for a text, and how the target is called; or the error. The folder is called
/// `ROOT`.
fn locate(files: &[(&str, &str)], text: Option<&str>, settings: Option<&str>) -> String {
    let root = project(files);
    let surroundings = Surroundings {
        settings: settings.map(str::to_owned),
        ..Surroundings::default()
    };
    let told = match application(text, root.path(), &surroundings) {
        Ok(it) => {
            let label = it.target.label();
            let folder = it.target.folder.strip_prefix(root.path()).unwrap();
            let place = match folder.to_str().unwrap() {
                "" => String::new(),
                place => format!(" in {place}"),
            };
            match it.found {
                Some(found) => format!("{label}{place} = {found}"),
                None => format!("{label}{place}"),
            }
        }
        Err(error) => error.to_string(),
    };
    told.replace(&*root.path().to_string_lossy(), "ROOT")
}

#[rstest]
#[case::wsgi(&[("wsgi.py", APP)], "wsgi.py = application of wsgi.py")]
#[case::app(&[("app.py", "app = Flask(__name__)\n"), ("words.py", "x = 1")], "app.py = app of app.py")]
#[case::one_imports_the_other(&[("wsgi.py", "from app import app as application\n"), ("app.py", "app = 1\n")],
    "wsgi.py = application of wsgi.py")]
#[case::by_way_of_others(&[("wsgi.py", "import a\napp = 1"), ("a.py", "from b import *"), ("b.py", "import app"), ("app.py", "app = 1\n")],
    "wsgi.py = app of wsgi.py")]
#[case::each_other(&[("wsgi.py", "import app\napplication = 1"), ("app.py", "import wsgi\napp = 1\n")],
    "wsgi.py = application of wsgi.py")]
#[case::factory(&[("app.py", FACTORY)], "app.py:create_app() = create_app() of app.py")]
#[case::another_factory(&[("app.py", "def make_app(): pass\n")], "app.py:make_app() = make_app() of app.py")]
#[case::run_as_a_script(&[("app.py", "def create_app(*a, **k): pass\nif __name__ == '__main__':\n    app = create_app()\n")],
    "app.py:create_app() = create_app() of app.py")]
#[case::factory_with_needs(&[("app.py", "def create_app(config): pass\n")], "app.py = app.py")]
#[case::package(&[("flaskr/__init__.py", FACTORY), ("flaskr/db.py", ""), ("tests/__init__.py", APP)],
    "flaskr:create_app() = create_app() of flaskr/__init__.py")]
#[case::module_of_a_package(&[("shop/__init__.py", ""), ("shop/wsgi.py", "from .site import application"), ("shop/site.py", APP)],
    "shop.wsgi = application of shop/wsgi.py")]
#[case::wsgi_beside_its_package(&[("wsgi.py", "from shop import create_app\napp = create_app()\n"), ("shop/__init__.py", FACTORY)],
    "wsgi.py = app of wsgi.py")]
#[case::any_name(&[("hello.py", "if DEBUG:\n    app = A()\nelse:\n    app = B()\n"), ("setup.py", APP), ("test_it.py", APP)],
    "hello.py = app of hello.py")]
#[case::not_python(&[("app.py", "def application(\n")], "app.py = app.py")]
#[case::everything_of_another(&[("wsgi.py", "from shop import *\n")], "wsgi.py = wsgi.py")]
#[case::nothing_to_see(&[("app.py", "x = 1\n")], "app.py = app.py")]
#[case::django(&[("manage.py", MANAGE), ("shop/settings/dev.py", ""), ("shop/wsgi.py", ""), ("app.py", APP)],
    "shop.wsgi:application = application of shop/wsgi.py")]
#[case::django_nearest(&[("manage.py", MANAGE), ("shop/settings/wsgi.py", ""), ("shop/wsgi.py", "")],
    "shop.settings.wsgi:application = application of shop/settings/wsgi.py")]
#[case::django_names_it(&[("manage.py", MANAGE), ("shop/settings/dev.py", "WSGI_APPLICATION = 'web.serve.app'"),
    ("web/serve.py", ""), ("shop/wsgi.py", "")], "web.serve:app = app of web/serve.py")]
#[case::no_django(&[("manage.py", "import sys\n"), ("app.py", APP)], "app.py = application of app.py")]
#[case::two(&[("wsgi.py", APP), ("app.py", "app = 1\n")],
    "there are 2 applications in ROOT: application of wsgi.py, app of app.py; choose one, as in 'wsgi-tutor run app.py'")]
#[case::two_packages(&[("a/__init__.py", FACTORY), ("b/__init__.py", ""), ("b/app.py", APP)],
    "there are 2 applications in ROOT: create_app() of a/__init__.py, application of b/app.py; choose one, as in 'wsgi-tutor run b.app'")]
#[case::many(&[("a.py", APP), ("b.py", APP), ("c.py", APP), ("d.py", APP), ("e.py", APP), ("f.py", APP)],
    "there are 6 applications in ROOT: application of a.py, application of b.py, application of c.py, application of d.py, \
     application of e.py and 1 more; choose one, as in 'wsgi-tutor run b.py'")]
#[case::none(&[("words.py", "x = 1\n")],
    "no application was found in ROOT: no wsgi.py, no app.py, no manage.py of Django, and nothing called application, \
     app or create_app; the Python files there are words.py; name it, as in 'wsgi-tutor run shop.py:app'")]
fn the_application_of_a_folder_is_found(#[case] files: &[(&str, &str)], #[case] expected: &str) {
    assert_eq!(locate(files, None, None), expected);
    assert_eq!(locate(files, Some("."), None), expected);
}

#[rstest]
#[case::folder("shop", &[("shop/app.py", APP)], "app.py in shop = application of app.py")]
#[case::folder_elsewhere("./a/../shop/", &[("a/x", ""), ("shop/manage.py", MANAGE), ("shop/shop/wsgi.py", "")],
    "shop.wsgi:application in shop = application of shop/wsgi.py")]
#[case::package("shop", &[("shop/__init__.py", APP), ("shop/wsgi.py", APP)], "shop")]
#[case::package_that_has_it_inside("shop", &[("shop/__init__.py", ""), ("shop/wsgi.py", APP)],
    "shop.wsgi = application of shop/wsgi.py")]
#[case::package_without("shop", &[("shop/__init__.py", ""), ("shop/site.py", APP)], "shop")]
#[case::folder_of_a_package("shop/", &[("shop/__init__.py", ""), ("shop/site.py", APP)],
    "shop.site = application of shop/site.py")]
#[case::factory("app.py", &[("app.py", FACTORY)], "app.py:create_app() = create_app() of app.py")]
#[case::factory_of_a_package("flaskr", &[("flaskr/__init__.py", FACTORY)],
    "flaskr:create_app() = create_app() of flaskr/__init__.py")]
#[case::factory_beside("app.py", &[("app.py", "def create_app(): pass\napp = create_app()\n")], "app.py")]
#[case::named("app.py:create_app", &[("app.py", FACTORY)], "app.py:create_app")]
#[case::called("app.py:create_app('prod', debug=True)", &[("app.py", FACTORY)], "app.py:create_app('prod', debug=True)")]
#[case::two("web", &[("web/wsgi.py", APP), ("web/app.py", APP)],
    "there are 2 applications in ROOT/web: application of wsgi.py, application of app.py; choose one, as in 'wsgi-tutor run web/app.py'")]
#[case::missing("ap.py", &[("app.py", APP)], "there is no file 'ap.py'; the Python files there are app.py")]
fn what_is_named_in_part_is_completed(
    #[case] text: &str,
    #[case] files: &[(&str, &str)],
    #[case] expected: &str,
) {
    assert_eq!(locate(files, Some(text), None), expected);
}

#[test]
fn settings_of_the_environment_count_before_those_of_manage() {
    let files = [
        ("manage.py", MANAGE),
        ("shop/wsgi.py", ""),
        ("other/wsgi.py", ""),
    ];
    let found = locate(&files, None, Some("other.settings"));
    assert_eq!(
        found,
        "other.wsgi:application = application of other/wsgi.py"
    );
    // Whatever it may be.
    for settings in ["", ".", "../../etc.x", "settings"] {
        let found = locate(&[("app.py", APP)], None, Some(settings));
        assert_eq!(found, "app.py = application of app.py", "{settings}");
    }
}
