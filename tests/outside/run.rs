//! `wsgi-tutor run`: applications of one's own, of one file or many.

use std::collections::HashSet;

use rstest::rstest;
use serde_json::{Value, json};

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Answer, Engine, Plan, SYSTEM, Tutor, get};

/// An app that says what its own module and a template beside it say.
const SHOP: &[(&str, &str)] = &[
    ("shop/__init__.py", ""),
    (
        "shop/site.py",
        "import pathlib\n\nfrom . import words\nfrom shop.deep import more\n\n\
         def app(environ, start_response):\n    \
         page = pathlib.Path('shop/page.html').read_text()\n    \
         start_response('200 OK', [('Content-Type', 'text/plain')])\n    \
         return [f'{words.GREETING} {more.NAME} {page}'.encode()]\n",
    ),
    ("shop/words.py", "GREETING = 'Hello'\n"),
    ("shop/deep/more.py", "NAME = 'Ada'\n"),
    ("shop/page.html", "on a page"),
];

const HELLO: &str = "\
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello']
";

fn alone(target: &str, app: &str) -> Plan {
    Tutor::run(target, &[("app.py", app)])
}

#[rstest]
#[case("app.py", HELLO)]
#[case("./app.py:application", HELLO)]
#[case("app", HELLO)]
#[case("app:application", HELLO)]
#[case("app.py", "from sub.helper import app\n")]
#[case("app:site.app", "from sub import helper as site\n")]
#[case(
    "app:make('sub', deep=-1)",
    "def make(name, deep):\n    from sub.helper import app\n    return app\n"
)]
#[case(
    "app:make()",
    "def make():\n    from sub.helper import app\n    return app\n"
)]
#[case("sub/helper.py", "")]
#[case("sub.helper:app", "")]
fn an_application_is_found_however_it_is_named(#[case] target: &str, #[case] app: &str) {
    let helper = HELLO.replace("application", "app");
    let files = [("app.py", app), ("sub/helper.py", &helper)];
    let tutor = Tutor::run(target, &files).start();
    assert_eq!(tutor.serving["lesson"], Value::Null);
    assert_eq!(tutor.serving["app"], target.trim_start_matches("./"));
    let name = if app == HELLO { "application" } else { "app" };
    let loaded = tutor.told("reloaded");
    assert_eq!(loaded["callable"], format!("function {name}"));
    assert_eq!(tutor.get("/").text(), "hello");
    let exchange = tutor.exchange();
    assert_eq!(exchange["diagnoses"], json!([]));
    assert_eq!(exchange["error"], Value::Null);
}

const MADE: &str = "def create_app(name='none', *, loud=False):\n    \
    def app(environ, start_response):\n        \
    start_response('200 OK', [('Content-Type', 'text/plain')])\n        \
    return [f'hello {name} {loud}'.encode()]\n    \
    return app\n";

/// As `django-admin startproject` makes them, as far as they matter here.
const MANAGE: &str = "import os\n\ndef main():\n    \
    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n";
const DJANGO_WSGI: &str = "import os\n\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n\n\
    from shop import settings\n\n\
    def application(environ, start_response):\n    \
    start_response('200 OK', [('Content-Type', 'text/plain')])\n    \
    return [settings.GREETING]\n";

#[rstest]
#[case::wsgi("", &[("wsgi.py", "from app import application\n"), ("app.py", HELLO)], "wsgi.py",
    Some("application of wsgi.py"), "hello")]
#[case::a_folder("web", &[("web/app.py", HELLO)], "app.py", Some("application of app.py"), "hello")]
#[case::factory("", &[("app.py", MADE)], "app.py:create_app()", Some("create_app() of app.py"), "hello none False")]
#[case::factory_of_a_package("shop", &[("shop/__init__.py", MADE)], "shop:create_app()",
    Some("create_app() of shop/__init__.py"), "hello none False")]
#[case::django(".", &[("manage.py", MANAGE), ("shop/__init__.py", ""), ("shop/wsgi.py", DJANGO_WSGI),
    ("shop/settings.py", "GREETING = b'hello shop'\n")], "shop.wsgi:application",
    Some("application of shop/wsgi.py"), "hello shop")]
#[case::called("app.py:create_app('prod', loud=True)", &[("app.py", MADE)], "app.py:create_app('prod', loud=True)",
    None, "hello prod True")]
#[case::called_with_more("app.py:create_app(name=['a', {'b': -1}])", &[("app.py", MADE)],
    "app.py:create_app(name=['a', {'b': -1}])", None, "hello ['a', {'b': -1}] False")]
fn an_application_is_found_and_named(
    #[case] target: &str,
    #[case] files: &[(&str, &str)],
    #[case] app: &str,
    #[case] found: Option<&str>,
    #[case] expected: &str,
) {
    let tutor = Tutor::run(target, files).start();
    assert_eq!(tutor.serving["app"], app);
    assert_eq!(tutor.get("/").text(), expected);
    let ended = tutor.stop(rustix::process::Signal::TERM);
    let told = found.map(|found| format!("wsgi-tutor: running {found}\n"));
    assert_eq!(ended.stderr, told.unwrap_or_default());
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn the_next_request_runs_what_was_saved_anywhere_in_the_project(#[case] engine: Engine) {
    let tutor = Tutor::run("shop.site:app", SHOP).engine(engine).start();
    let loaded = tutor.told("reloaded");
    let file = loaded["file"].as_str().unwrap().to_owned();
    assert!(file.ends_with("project/shop/site.py"), "{file}");
    assert_eq!(tutor.get("/").text(), "Hello Ada on a page");
    for (path, text, expected) in [
        (
            "shop/words.py",
            "GREETING = 'Good evening'\n",
            "Good evening Ada on a page",
        ),
        (
            "shop/deep/more.py",
            "NAME = 'Grace'\n",
            "Good evening Grace on a page",
        ),
        (
            "shop/page.html",
            "on a sheet",
            "Good evening Grace on a sheet",
        ),
    ] {
        tutor.save_file(path, text);
        assert_eq!(tutor.get("/").text(), expected);
        assert_eq!(tutor.told("reloaded")["error"], Value::Null, "{path}");
    }
    tutor.save_file("shop/deep/more.py", "NAME = 'Gr\n");
    assert_eq!(tutor.get("/").status, "500 Internal Server Error");
    let error = tutor.told("reloaded")["error"].take();
    assert_eq!(error["type"], "SyntaxError");
    let file = error["file"].as_str().unwrap();
    assert!(file.ends_with("shop/deep/more.py"), "{file}");
    tutor.save_file("shop/deep/more.py", "NAME = 'Joan'\n");
    assert_eq!(tutor.get("/").text(), "Good evening Joan on a sheet");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn what_is_read_while_loading_counts_and_what_is_written_does_not(#[case] engine: Engine) {
    let app = "\
colour = open('colour.ini').read()
open('loads.txt', 'a').write('x')
settings = colour + open('settings.ini').read()
open('more.txt', 'a').write('x')

def application(environ, start_response):
    with open('visits.txt', 'a+') as visits:
        visits.write('x')
        visits.seek(0)
        count = len(visits.read())
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [f'{settings} {count} {len(open(\"loads.txt\").read())}'.encode()]
";
    let files = [
        ("app.py", app),
        ("colour.ini", "dark "),
        ("settings.ini", "blue"),
    ];
    let tutor = Tutor::run("app.py", &files).engine(engine).start();
    assert_eq!(tutor.get("/").text(), "dark blue 1 1");
    assert_eq!(tutor.get("/").text(), "dark blue 2 1");
    tutor.save_file("settings.ini", "green");
    assert_eq!(tutor.get("/").text(), "dark green 3 2");
    assert_eq!(tutor.get("/").text(), "dark green 4 2");
    // What was read before something was written counts as well as what was read after it.
    tutor.save_file("colour.ini", "light ");
    assert_eq!(tutor.get("/").text(), "light green 5 3");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_module_that_was_missing_is_found_when_it_is_saved(#[case] engine: Engine) {
    let app = format!("import parts.words\n\n{HELLO}");
    let tutor = alone("app.py", &app).engine(engine).start();
    let error = tutor.told("reloaded")["error"].take();
    assert_eq!(error["type"], "ModuleNotFoundError");
    assert_eq!(error["line"], 1);
    // Nobody asks for anything: the save alone is enough, in a folder that is new.
    tutor.save_file("parts/words.py", "");
    tutor.wait_for("good reload", |line| {
        line["type"] == "reloaded" && line["error"] == Value::Null
    });
    assert_eq!(tutor.get("/").text(), "hello");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_new_module_counts_only_where_the_app_looked_for_it(#[case] engine: Engine) {
    let app = "
try:
    from parts import extra
except ImportError:
    extra = None
try:
    import more
except ImportError:
    more = None
asked = 0

def app(environ, start_response):
    global asked
    asked += 1
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [f'{asked} {bool(extra)} {bool(more)}'.encode()]
";
    let files = [("app.py", app), ("parts/__init__.py", "")];
    let tutor = Tutor::run("app.py", &files).engine(engine).start();
    tutor.told("reloaded");
    assert_eq!(tutor.get("/").text(), "1 False False");
    // So many that they are looked at before what is saved after them.
    for number in 0..1500 {
        std::fs::write(tutor.project().join(format!("other{number}.py")), "x = 1\n").unwrap();
    }
    assert_eq!(tutor.get("/").text(), "2 False False");
    tutor.save_file("more.py", "");
    assert_eq!(tutor.get("/").text(), "1 False True");
    tutor.told("reloaded");
    tutor.save_file("parts/extra.py", "");
    assert_eq!(tutor.get("/").text(), "1 True True");
    tutor.told("reloaded");
    let ended = tutor.stop(rustix::process::Signal::TERM);
    let reloaded = ended.lines.iter().filter(|line| line["type"] == "reloaded");
    assert_eq!(reloaded.count(), 0);
}

#[rstest]
#[case(
    "app.py",
    "aplication = 5\n\ndef shop(environ, start_response): pass\n",
    "AttributeError",
    "app.py defines no 'application' and no 'app'; the server looks for these names; what can be called: shop"
)]
#[case(
    "app.py:shop",
    HELLO,
    "AttributeError",
    "app.py defines no 'shop'; the server looks for that name; what can be called: application"
)]
#[case(
    "app:shop",
    "shop = 'x'\n",
    "TypeError",
    "'shop' is a str, which cannot be called; nothing in it can be called"
)]
#[case(
    "app:make()",
    "def make():\n    return 5\n",
    "TypeError",
    "'make()' is an int, which cannot be called; what can be called: make"
)]
#[case(
    "apps:application",
    HELLO,
    "ModuleNotFoundError",
    "there is no module 'apps'; the modules in "
)]
#[case(
    "app.site:application",
    HELLO,
    "ModuleNotFoundError",
    "there is no module 'app.site'; the modules in "
)]
fn what_is_not_there_is_told_with_what_is(
    #[case] target: &str,
    #[case] app: &str,
    #[case] kind: &str,
    #[case] message: &str,
) {
    let tutor = alone(target, app).start();
    let error = tutor.told("reloaded")["error"].take();
    assert_eq!(error["type"], kind, "{error}");
    let told = error["message"].as_str().unwrap();
    assert!(told.contains(message), "{told}");
    assert_eq!(tutor.get("/").status, "500 Internal Server Error");
}

#[cfg(feature = "embedded-python")]
#[rstest]
#[case::package(
    "flask",
    "Flask does not run in the embedded Python; run it with --python python3, or another that has Flask"
)]
#[case::part_of_the_library("sqlite3", "has no sqlite3, so name one that has it: --python PATH")]
#[case::gone("telnetlib", "; it was removed in Python 3.13")]
#[case::whole_module(
    "tracemalloc",
    "has no tracemalloc, so name one that has it: --python PATH"
)]
fn the_embedded_python_says_that_another_one_may_have_the_module(
    #[case] module: &str,
    #[case] ending: &str,
) {
    let app = format!("import {module}\n");
    let tutor = alone("app.py", &app).engine(EMBEDDED).start();
    let error = tutor.told("reloaded")["error"].take();
    let message = error["message"].as_str().unwrap();
    assert!(message.ends_with(ending), "{message}");
}

/// An app that answers only when so many calls of it go on at once.
const MEETING: &str = "\
import os, threading, time

barrier = threading.Barrier(3)
together = threading.local()

def application(environ, start_response):
    print('in', environ['PATH_INFO'], end='')
    if environ['PATH_INFO'] == '/threads':
        barrier.wait(20)
    if environ['PATH_INFO'] == '/loop':
        while True:
            pass
    if environ['PATH_INFO'].startswith('/processes/'):
        folder = environ['PATH_INFO'][11:]
        os.makedirs(folder, exist_ok=True)
        open(f'{folder}/{os.getpid()}', 'w').close()
        deadline = time.monotonic() + 20
        while len(os.listdir(folder)) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
    print(' out')
    start_response('200 OK', [('Content-Type', 'text/plain')])
    facts = environ['wsgi.multithread'], environ['wsgi.multiprocess']
    return [f'{os.getpid()} {threading.get_ident()} {facts}'.encode()]
";

/// The answers to requests that were all sent before any answer was read.
fn together(tutor: &Tutor, target: &str, count: usize) -> Vec<Vec<String>> {
    let mut clients: Vec<_> = (0..count).map(|_| tutor.connect()).collect();
    for client in &mut clients {
        client.send(get(target));
    }
    let answers = clients.iter_mut().map(|client| {
        let text = Answer::read(&client.rest(), false).text();
        text.splitn(3, ' ').map(str::to_owned).collect()
    });
    answers.collect()
}

fn distinct(answers: &[Vec<String>], place: usize) -> usize {
    let values: HashSet<_> = answers.iter().map(|answer| &answer[place]).collect();
    values.len()
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn several_threads_call_it_at_the_same_time(#[case] engine: Engine) {
    let plan = alone("app.py", MEETING)
        .engine(engine)
        .option("--threads", "3");
    let tutor = plan.start();
    for _ in 0..2 {
        let answers = together(&tutor, "/threads", 3);
        assert_eq!((distinct(&answers, 0), distinct(&answers, 1)), (1, 3));
        for answer in answers {
            assert_eq!(answer[2], "(True, False)");
            let exchange = tutor.exchange();
            // What one call prints is not mixed with what another one does.
            assert_eq!(exchange["printed"], "in /threads out\n");
            assert_eq!(exchange["environ"]["wsgi.multithread"]["repr"], "True");
        }
    }
    tutor.save(&MEETING.replace("{os.getpid()}", "new"));
    assert_eq!(distinct(&together(&tutor, "/threads", 3), 0), 1);
    assert!(tutor.get("/").text().starts_with("new "));
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_thread_that_hangs_is_named_with_its_line_and_all_are_replaced(#[case] engine: Engine) {
    let plan = alone("app.py", MEETING)
        .engine(engine)
        .option("--threads", "3");
    let tutor = plan.start();
    let answer = tutor.get("/loop");
    assert_eq!(answer.status, "504 Gateway Timeout");
    let exchange = tutor.exchange();
    assert_eq!(exchange["error"]["type"], "TimeoutError");
    let line = exchange["error"]["line"].as_u64().unwrap();
    assert!((11..=12).contains(&line), "{exchange}");
    assert_eq!(distinct(&together(&tutor, "/threads", 3), 1), 3);
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn several_processes_call_it_at_the_same_time(#[case] engine: Engine) {
    let plan = alone("app.py", MEETING)
        .engine(engine)
        .option("--workers", "3");
    let tutor = plan.start();
    for folder in ["/processes/one", "/processes/two"] {
        let answers = together(&tutor, folder, 3);
        assert_eq!(distinct(&answers, 0), 3, "{answers:?}");
        for answer in answers {
            assert_eq!(answer[2], "(False, True)");
        }
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn processes_and_threads_go_together(#[case] engine: Engine) {
    let plan = alone("app.py", MEETING)
        .engine(engine)
        .option("--workers", "2")
        .option("--threads", "3");
    let tutor = plan.start();
    let answers = together(&tutor, "/", 8);
    assert!(
        answers.iter().all(|answer| answer[2] == "(True, True)"),
        "{answers:?}"
    );
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_process_that_dies_is_replaced_and_takes_no_other_with_it(#[case] engine: Engine) {
    let app = MEETING
        .replace("'/loop'", "'/die'")
        .replace("while True:\n            pass", "os._exit(3)");
    let plan = alone("app.py", &app)
        .engine(engine)
        .option("--workers", "3");
    let tutor = plan.start();
    for round in 0..3 {
        assert_eq!(tutor.get("/die").status, "502 Bad Gateway");
        let reason = tutor.told("worker-died")["reason"].take();
        assert_eq!(reason, "it ended itself with exit code 3");
        let answers = together(&tutor, &format!("/processes/{round}"), 3);
        assert_eq!(distinct(&answers, 0), 3, "{answers:?}");
    }
}

#[test]
fn a_request_that_comes_while_the_code_is_loaded_is_not_lost() {
    let slow = format!(
        "import time\ntime.sleep(0.5)\n{}",
        HELLO.replace("hello", "new")
    );
    let tutor = alone("app.py", HELLO).start();
    assert_eq!(tutor.get("/").text(), "hello");
    tutor.save(&slow);
    let mut clients: Vec<_> = (0..8).map(|_| tutor.connect()).collect();
    for client in &mut clients {
        client.send(get("/"));
    }
    for client in &mut clients {
        assert_eq!(Answer::read(&client.rest(), false).text(), "new");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn after_a_save_the_library_is_there_already(#[case] engine: Engine) {
    let app = format!("import sys\nprint('decimal' in sys.modules)\nimport decimal\n{HELLO}");
    let tutor = alone("app.py", &app).engine(engine).start();
    assert_eq!(tutor.told("reloaded")["printed"], "False\n");
    tutor.save(&format!("{app}\n"));
    assert_eq!(tutor.told("reloaded")["printed"], "True\n");
    // A library that changes Python's own must come before what it changes.
    tutor.save_file("gevent.py", "");
    tutor.save(&format!("import gevent\n{app}"));
    tutor.told("reloaded");
    tutor.save(&format!("import gevent\n{app}\n"));
    tutor.wait_for("bare reload", |line| {
        line["type"] == "reloaded" && line["printed"] == "False\n"
    });
}

/// Apps that do something odd while they are loaded, and must be loaded once a save all the same.
#[rstest]
#[case::replaces("import os\nopen('a.tmp', 'w').close()\nos.replace('a.tmp', 'conf.py')\n")]
#[case::rereads(
    "import os\nopen('d.txt', 'a').close()\nopen('d.txt').read()\nopen('d.tmp', 'w').close()\nos.replace('d.tmp', 'd.txt')\n"
)]
#[case::another_process("import subprocess\nsubprocess.run('echo x > version.py', shell=True)\n")]
#[case::fails("import os\nopen('lock.pid', 'w').close()\nos.remove('lock.pid')\n1 / 0\n")]
fn what_an_app_writes_does_not_load_it_again(#[case] beginning: &str) {
    let counts = "open('/dev/stdout', 'w').close()\nprint('loading')\n";
    let app = format!("{counts}{beginning}{HELLO}");
    let tutor = alone("app.py", &app).start();
    tutor.told("reloaded");
    for _ in 0..3 {
        tutor.get("/");
        tutor.exchange();
    }
    tutor.save(&HELLO.replace("hello", "saved"));
    // Nothing was told between the first loading and this one.
    assert_eq!(tutor.told("reloaded")["printed"], "");
    assert_eq!(tutor.get("/").text(), "saved");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn new_code_may_take_what_the_old_code_holds(#[case] engine: Engine) {
    let app = format!(
        "import socket\nport = socket.socket(socket.AF_UNIX)\nport.bind('\\0' + __file__)\n{HELLO}"
    );
    let tutor = alone("app.py", &app).engine(engine).start();
    for word in ["hello", "two", "three"] {
        tutor.save(&app.replace("hello", word));
        assert_eq!(tutor.get("/").text(), word);
    }
}

#[test]
fn a_module_named_like_one_of_pythons_own_is_the_projects() {
    let app = format!(
        "import secrets\n{}",
        HELLO.replace("b'hello'", "secrets.WORD")
    );
    let files = [("app.py", app.as_str()), ("secrets.py", "WORD = b'mine'\n")];
    let tutor = Tutor::run("app.py", &files).start();
    assert_eq!(tutor.get("/").text(), "mine");
    tutor.save(&format!("{app}\n"));
    assert_eq!(tutor.get("/").text(), "mine");
    // One that the tutor's own side of the process needs too.
    tutor.save_file("token.py", "");
    tutor.save(&app.replace("secrets.WORD", "1 / 0"));
    assert_eq!(tutor.get("/").status, "500 Internal Server Error");
    let exchange = tutor.wait_for("failing exchange", |line| {
        line["type"] == "exchange" && line["error"] != Value::Null
    });
    assert_eq!(exchange["error"]["type"], "ZeroDivisionError");
}

#[test]
fn what_an_object_prints_when_it_goes_never_blocks() {
    let app = "\
import gc
gc.set_threshold(7)

class Goes:
    def __init__(self):
        self.me = self
    def __del__(self):
        print('gone')

def application(environ, start_response):
    for _ in range(40):
        Goes()
        environ['wsgi.errors'].write('x')
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello']
";
    let tutor = alone("app.py", app).start();
    for _ in 0..40 {
        assert_eq!(tutor.get("/").text(), "hello");
        assert!(
            tutor.exchange()["printed"]
                .as_str()
                .unwrap()
                .contains("gone\n")
        );
    }
}

const FORKS: &str = "\
import os, sys, time, subprocess

def application(environ, start_response):
    path = environ['PATH_INFO']
    if path == '/prints':
        children = [os.fork() for _ in range(1)]
        if children[0] == 0:
            print('child ' + 'x' * 20_000)
            os._exit(0)
        os.waitpid(children[0], 0)
    if path == '/stays':
        if os.fork() == 0:
            time.sleep(60)
        os._exit(3)
    if path == '/chatters':
        subprocess.Popen(['sh', '-c', 'while true; do echo x >&2; sleep 0.05; done'])
        os._exit(4)
    if path == '/returns' and os.fork() == 0:
        print('in the child')
    if path == '/echo':
        subprocess.run(['echo', 'from echo'], stdout=sys.stdout)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'hello']
";

#[test]
fn children_of_an_app_write_into_no_frame_and_hold_up_nobody() {
    let tutor = alone("app.py", FORKS).start();
    for path in ["/prints", "/returns", "/echo", "/"] {
        assert_eq!(tutor.get(path).text(), "hello", "{path}");
        let exchange = tutor.exchange();
        assert_eq!(exchange["error"], Value::Null, "{path}");
    }
    for (path, code) in [("/stays", 3), ("/chatters", 4)] {
        assert_eq!(tutor.get(path).status, "502 Bad Gateway");
        let reason = tutor.told("worker-died")["reason"].take();
        let reason = reason.as_str().unwrap();
        let expected = format!("it ended itself with exit code {code}");
        assert!(reason.starts_with(&expected), "{reason}");
        assert_eq!(tutor.get("/").text(), "hello");
    }
}

#[test]
fn a_process_may_spawn_others_that_run_the_projects_code() {
    let app = "\
import multiprocessing
from work import double

def application(environ, start_response):
    context = multiprocessing.get_context('spawn')
    with context.Pool(1) as pool:
        result = pool.apply(double, (21,))
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [str(result).encode()]
";
    let files = [
        ("app.py", app),
        ("work.py", "def double(n):\n    return 2 * n\n"),
    ];
    let tutor = Tutor::run("app.py", &files).start();
    assert_eq!(tutor.get("/").text(), "42");
}

#[rstest]
#[case("app:create", "'create' takes no arguments", "name it as create()")]
#[case(
    "shop.wsg:app",
    "there is no module 'shop.wsg'",
    "shop are __init__, site"
)]
#[case("shop/site.py", "relative import", "wsgi-tutor run shop.site")]
fn a_near_miss_is_told_with_the_cure(#[case] target: &str, #[case] what: &str, #[case] cure: &str) {
    let files = [
        ("app.py", "def create():\n    pass\n"),
        ("shop/__init__.py", ""),
        ("shop/site.py", "from . import words\n"),
    ];
    let tutor = Tutor::run(target, &files).start();
    let error = tutor.told("reloaded")["error"].take();
    let message = error["message"].as_str().unwrap();
    assert!(
        message.contains(what) && message.contains(cure),
        "{message}"
    );
}

#[test]
fn what_was_missing_may_be_made_or_installed() {
    let app = format!(
        "words = open('words.txt').read()\n{}",
        HELLO.replace("b'hello'", "words.encode()")
    );
    let tutor = alone("app.py", &app).start();
    assert_eq!(tutor.told("reloaded")["error"]["type"], "FileNotFoundError");
    tutor.save_file("words.txt", "found");
    assert_eq!(tutor.get("/").text(), "found");
}

#[test]
fn a_file_elsewhere_is_a_project_of_its_own() {
    let app = format!("import words\n{HELLO}");
    let files = [("../elsewhere/app.py", app.as_str())];
    let tutor = Tutor::run("../elsewhere/app.py", &files).start();
    assert_eq!(
        tutor.told("reloaded")["error"]["type"],
        "ModuleNotFoundError"
    );
    tutor.save_file("../elsewhere/words.py", "");
    assert_eq!(tutor.get("/").text(), "hello");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn an_application_is_mounted_at_a_path(#[case] engine: Engine) {
    const APP: &str = "\
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [repr((environ['SCRIPT_NAME'], environ['PATH_INFO'])).encode()]
";
    let plan = alone("app.py", APP).option("--mount", "/shop");
    let tutor = plan.engine(engine).start();
    assert_eq!(tutor.get("/shop/tea").text(), "('/shop', '/tea')");
    assert_eq!(tutor.get("/shop").text(), "('/shop', '')");
    for outside in ["/", "/shopping", "/tea"] {
        let answer = tutor.get(outside);
        assert_eq!(answer.status, "404 Not Found", "{outside}");
        assert!(
            answer.text().contains("mounted at /shop"),
            "{}",
            answer.text()
        );
    }
}
