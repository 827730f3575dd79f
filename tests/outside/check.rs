//! `wsgi-tutor check app.py`: an app of one's own is sent requests, and its mistakes are told.

mod breaking;
mod climb;
mod keys;
mod library;
mod markup;
mod offered;

use std::fs;
use std::io::Read as _;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rstest::rstest;
use serde_json::Value;
use tempfile::TempDir;

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, SYSTEM, write_files};

const RIGHT: &str = "\
def application(environ, start_response):
    body = b'Hello'
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '5')])
    return [body]
";

const WRONG: &str = "\
from urllib.parse import parse_qs

def application(environ, start_response):
    query = parse_qs(environ['QUERY_STRING'])
    text = query.get('text', [''])[0]
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [f'<p>{text}</p>'.encode('utf-8'), str(environ['SERVER_PORT'])]
";

/// Checks an app in a folder with these files.
pub fn check(files: &[(&str, &str)], arguments: &[&str], engine: Engine) -> Output {
    let folder = TempDir::new().unwrap();
    write_files(folder.path(), files);
    Command::new(env!("CARGO_BIN_EXE_wsgi-tutor"))
        .arg("check")
        .args(arguments)
        .args(["--python", engine])
        .current_dir(folder.path())
        .env("TMPDIR", folder.path())
        .env("XDG_STATE_HOME", folder.path())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_right_app_gets_nothing(#[case] engine: Engine) {
    let output = check(&[("app.py", RIGHT)], &["app.py"], engine);
    let said = said(&output);
    assert!(
        said.starts_with("app.py: nothing to complain about (24 requests to 4 paths, "),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(output.status.code(), Some(0));
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_wrong_app_is_told_each_mistake_once_with_its_place(#[case] engine: Engine) {
    let (code, told) = checked(WRONG, &[], engine);
    assert_eq!(code, Some(1));
    assert_eq!(told["app"], "app.py");
    assert_eq!(told["requests"].as_array().unwrap().len(), 24);
    let diagnoses = told["diagnoses"].as_array().unwrap();
    let found: Vec<(&str, u64, u64)> = diagnoses
        .iter()
        .map(|it| {
            let number = |key: &str| it[key].as_u64().unwrap();
            (
                it["slug"].as_str().unwrap(),
                number("line"),
                number("column"),
            )
        })
        .collect();
    assert_eq!(
        found,
        [("body-item-is-str", 7, 47), ("html-unescaped", 7, 13)]
    );
    let seen = diagnoses[0]["seen"].as_array().unwrap();
    assert!(seen.len() > 5, "{seen:?}");
    assert_eq!(seen[0], "GET /");
    let seen = &diagnoses[1]["seen"];
    assert!(
        seen[0].as_str().unwrap().starts_with("GET /?name="),
        "{seen}"
    );
}

#[test]
fn source_that_is_too_much_is_said_to_be() {
    let app = format!("{RIGHT}\n{}", "x = 1\n".repeat(100_000));
    let (code, told) = checked(&app, &[], SYSTEM);
    assert_eq!((code, found(&told)), (Some(0), Vec::new()));
    assert_eq!(told["analysis_incomplete"], true);
    let said = said(&check(&[("app.py", &app)], &["app.py"], SYSTEM));
    let ends = "Some of the source could not be analysed: mistakes may have been missed.\n";
    assert!(said.ends_with(ends), "{said}");
}

#[test]
fn all_that_is_told_as_json_is_documented() {
    let (_, told) = checked(WRONG, &[], SYSTEM);
    assert_eq!(told["analysis_incomplete"], false);
    let documentation = include_str!("../../docs/json.md");
    let about_check = documentation
        .split("## `wsgi-tutor check app.py --json`")
        .nth(1);
    let about_check = about_check.unwrap().split("\n## ").next().unwrap();
    let is_in = |text: &str, key: &String| text.contains(&format!("`{key}`"));
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    for key in [keys(&told), keys(&told["requests"][0])].concat() {
        assert!(is_in(about_check, &key), "{key}");
    }
    for key in keys(&told["diagnoses"][0]) {
        assert!(is_in(documentation, &key), "{key}");
    }
}

#[test]
fn the_mistakes_of_an_app_are_told_as_compilers_tell_them() {
    let output = check(&[("app.py", WRONG)], &["app.py:application"], SYSTEM);
    let said = said(&output);
    assert!(
        said.starts_with("error[body-item-is-str]: the iterable yielded a str, "),
        "{said}"
    );
    assert!(said.contains("app.py:7:47\n"), "{said}");
    assert!(
        said.contains("\n  = seen: with GET / and 22 more\n"),
        "{said}"
    );
    assert!(said.contains("\nerror[html-unescaped]: "), "{said}");
    let last = said.lines().last().unwrap();
    assert!(
        last.starts_with("app.py:application: 2 errors (24 requests to 4 paths, CPython"),
        "{last}"
    );
}

#[rstest]
#[case("pages.site:app")]
#[case("pages.site")]
fn an_app_may_be_in_a_module(#[case] target: &str) {
    let app = RIGHT.replace("application", "app");
    let files = [("pages/__init__.py", ""), ("pages/site.py", app.as_str())];
    let output = check(&files, &[target], SYSTEM);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[rstest]
#[case(
    "import no_such_module\n",
    "import-error",
    "ModuleNotFoundError: No module named 'no_such_module'"
)]
#[case(
    "def application(environ\n",
    "syntax-error",
    "SyntaxError: '(' was never closed"
)]
#[case("app = 5\n", "app-not-callable", "")]
fn an_app_that_cannot_be_loaded_is_not_checked_and_told_why(
    #[case] app: &str,
    #[case] slug: &str,
    #[case] why: &str,
) {
    let output = check(&[("app.py", app)], &["app.py"], SYSTEM);
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    let title = format!("error[{slug}]: {why}");
    assert!(said.starts_with(&title), "{said}");
    let last = said.lines().last().unwrap();
    let end = "app.py: 1 error (it could not be loaded, ";
    assert!(last.starts_with(end), "{said}");
    let (code, told) = checked(app, &[], SYSTEM);
    assert_eq!((code, &told["checked"]), (Some(2), &Value::from(false)));
    assert_eq!(told["diagnoses"][0]["slug"], slug);
    assert_eq!(told["diagnoses"][0]["seen"], Value::Array(Vec::new()));
}

#[test]
fn an_app_that_hangs_is_asked_no_more() {
    let app = "def application(environ, start_response):\n    while True:\n        pass\n";
    let began = Instant::now();
    let output = check(&[("app.py", app)], &["app.py"], SYSTEM);
    // One deadline, and not one for each request.
    assert!(began.elapsed() < Duration::from_mins(1));
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(said.contains("error[app-hangs]"), "{said}");
    assert!(
        said.ends_with("It hangs, so 23 more requests were not sent.\n"),
        "{said}"
    );
}

#[rstest]
#[case(&["no_such_file.py"], "there is no file")]
#[case(&["app.py", "a-step"], "'check app.py' takes no step")]
#[case(&["1", "--path", "/shop"], "--path is only for checking an app")]
#[case(&["1", "--budget", "5"], "--budget is only for checking an app")]
#[case(&["--path", "/shop"], "as in 'wsgi-tutor check app.py --path /shop'")]
fn what_cannot_be_run_is_told_in_a_line(#[case] arguments: &[&str], #[case] why: &str) {
    let output = check(&[("app.py", RIGHT)], arguments, SYSTEM);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains(why) && error.lines().count() == 1, "{error}");
}

#[rstest]
#[case(&["app.py", "--path", "shop"], "'--path <PATH>': a path begins with one '/', as in /shop\n")]
#[case(&["app.py", "--budget", "0"], "'--budget <SECONDS>': it is a number from 1 to 3600\n")]
fn a_wrong_value_is_told_with_its_option(#[case] arguments: &[&str], #[case] why: &str) {
    let output = check(&[("app.py", RIGHT)], arguments, SYSTEM);
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains(why), "{error}");
}

#[test]
fn an_answer_without_end_is_left() {
    let app = "\
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    while True:
        yield b'x' * 65536
";
    let output = check(&[("app.py", app)], &["app.py"], SYSTEM);
    let said = said(&output);
    assert!(
        said.starts_with("app.py: nothing was checked (1 request to 1 path, "),
        "{said}"
    );
    assert!(
        said.ends_with(&format!(
            "An answer never ended, so 23 more requests were not sent.\n{NOT_WHOLE}"
        )),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(2));
    let (code, told) = checked(app, &["--budget", "2"], SYSTEM);
    assert_eq!((code, &told["checked"]), (Some(2), &Value::from(false)));
    let request = &told["requests"][0];
    assert_eq!(
        (&request["status"], &request["whole"]),
        (&Value::from("200 OK"), &Value::from(false))
    );
}

#[test]
fn an_answer_without_end_behind_others_is_told_with_how_many_came() {
    let app = "\
def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    if environ['PATH_INFO'] == '/short':
        return [b'short']
    return iter(lambda: b'x' * 65536, b'')
";
    let arguments = ["app.py", "--path", "/short", "--path", "/long"];
    let output = check(&[("app.py", app)], &arguments, SYSTEM);
    assert_eq!(output.status.code(), Some(0));
    let said = said(&output);
    let begins =
        "app.py: nothing to complain about in the 20 answers that came (22 requests to 2 paths, ";
    assert!(said.starts_with(begins), "{said}");
    let ends = "An answer never ended, so 23 more requests were not sent.\n";
    assert!(said.ends_with(ends), "{said}");
}

/// What is said when no answer came to its end.
const NOT_WHOLE: &str = "No page was answered completely: name one whose answer ends, as in \
    'wsgi-tutor check app.py --path /the/page', or give it more time with --budget.\n";

/// Checks an app with `--json`: the exit code, and what was told.
pub fn checked(app: &str, arguments: &[&str], engine: Engine) -> (Option<i32>, Value) {
    let arguments = [&["app.py", "--json"], arguments].concat();
    let output = check(&[("app.py", app)], &arguments, engine);
    let told = serde_json::from_str(&said(&output)).unwrap();
    (output.status.code(), told)
}

/// Method and target of each request that was sent.
fn requests(told: &Value) -> Vec<String> {
    let requests = told["requests"].as_array().unwrap().iter();
    let text = |request: &Value, key: &str| request[key].as_str().unwrap().to_owned();
    requests
        .map(|it| format!("{} {}", text(it, "method"), text(it, "target")))
        .collect()
}

/// Name, line (0 where it is not known) and requests of each thing that was found.
fn found(told: &Value) -> Vec<(String, u64, Vec<String>)> {
    let diagnoses = told["diagnoses"].as_array().unwrap().iter();
    diagnoses
        .map(|it| {
            let seen = it["seen"].as_array().unwrap().iter();
            let seen = seen.map(|it| it.as_str().unwrap().to_owned());
            (
                it["slug"].as_str().unwrap().to_owned(),
                it["line"].as_u64().unwrap_or(0),
                seen.collect(),
            )
        })
        .collect()
}

/// An app with pages: each is the status and the body for a path. Anything else is answered 404.
fn pages(pages: &[(&str, &str)]) -> String {
    let rows = pages
        .iter()
        .map(|(path, html)| format!("    {path:?}: {html:?},"));
    let table = rows.collect::<Vec<_>>().join("\n");
    format!(
        "\
PAGES = {{
{table}}}

def application(environ, start_response):
    page = PAGES.get(environ['PATH_INFO'])
    headers = [('Content-Type', 'text/html; charset=utf-8')]
    if page is None:
        start_response('404 Not Found', headers)
        return [b'no such page']
    if page.startswith('/'):
        start_response('303 See Other', [('Location', page)])
        return []
    start_response('200 OK', headers)
    return [page.encode()]
"
    )
}

#[test]
fn the_pages_that_are_named_are_asked_and_not_the_first_one() {
    let app = pages(&[("/shop", "shop"), ("/a b", "spaces")]);
    let paths = [
        "--path",
        "/shop?page=1#top",
        "--path",
        "/a b",
        "--path",
        "/shop?page=1",
    ];
    let (code, told) = checked(&app, &paths, SYSTEM);
    assert_eq!(code, Some(0), "{told}");
    let requests = requests(&told);
    assert_eq!(requests[..2], ["GET /shop?page=1", "HEAD /shop?page=1"]);
    assert!(
        requests.contains(
            &"GET /shop?page=1&name=Ada+Lovelace&text=%3Ci%3E%22%26Ada&empty=&flag&q=salt%26pepper"
                .to_owned()
        )
    );
    assert!(requests.contains(&"BREW /a%20b".to_owned()), "{requests:?}");
    assert!(
        !requests.iter().any(|it| it.ends_with(" /")),
        "{requests:?}"
    );
    assert_eq!(requests.len(), 21 + 3 + 21 + 3, "{requests:?}");
}

#[test]
fn links_and_redirects_are_followed_where_they_lead_to_the_app_and_do_no_harm() {
    let app = pages(&[
        (
            "/",
            "<base href='/shop/'><a href=list>List</a> <a href=list#end>End</a> <a href='/log-out'>Bye</a>\
             <a href='/item?delete=1'>Delete</a> <a href='http://example.org/x'>Elsewhere</a>\
             <img src='/logo.png'>",
        ),
        (
            "/shop/list",
            "<a href='?page=2'>Next</a><a href='/old'>Old</a>",
        ),
        ("/old", "/new"),
        ("/new", "new"),
    ]);
    let (code, told) = checked(&app, &[], SYSTEM);
    assert_eq!(code, Some(0), "{told}");
    let requests = requests(&told);
    let expected = [
        "GET /shop/list",
        "HEAD /shop/list",
        "GET /logo.png",
        "HEAD /logo.png",
        "GET /shop/list?page=2",
        "HEAD /shop/list?page=2",
        "GET /shop/list?page=%3Ci%3E%22%26Ada",
        "GET /shop/list?page=O%27Brien",
        "GET /shop/list?page=one%0D%0AX-Two%3A+2",
        "GET /old",
        "HEAD /old",
        "GET /new",
        "HEAD /new",
    ];
    assert_eq!(requests[24..], expected);
}

#[rstest]
#[case::linked(&[], "<a href='/search?lang=en&q='>Search</a>")]
#[case::named(&["--path", "/search?lang=en&q=x"], "")]
fn markup_in_the_query_of_a_link_is_found(#[case] arguments: &[&str], #[case] page: &str) {
    let app = format!(
        "\
from urllib.parse import parse_qs

def application(environ, start_response):
    query = parse_qs(environ['QUERY_STRING'])
    page = \"{page}\"
    if environ['PATH_INFO'] == '/search' and query.get('lang') == ['en']:
        page = '<p>Nothing is called ' + query.get('q', [''])[0]
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode()]
"
    );
    let (code, told) = checked(&app, arguments, SYSTEM);
    assert_eq!(code, Some(1), "{told}");
    let found = found(&told);
    assert_eq!(found.len(), 1, "{found:?}");
    let (name, _, seen) = &found[0];
    assert_eq!(name, "html-unescaped");
    let request = "GET /search?lang=en&q=%3Ci%3E%22%26Ada (markup in q)".to_owned();
    assert!(seen.contains(&request), "{seen:?}");
}

#[test]
fn links_without_end_come_to_an_end() {
    let app = "\
from urllib.parse import quote

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    path = quote(environ['PATH_INFO'].rstrip('/'), encoding='latin-1')
    return [('<a href=%s/a>a</a> <a href=%s/b>b</a>' % (path, path)).encode('latin-1')]
";
    let (code, told) = checked(app, &[], SYSTEM);
    assert_eq!(code, Some(0), "{told}");
    assert_eq!(requests(&told).len(), 24 + 2 * 20);
}

#[test]
fn a_form_is_sent_with_its_own_fields() {
    let app = "\
from urllib.parse import parse_qs

FORM = '<form method=post action=/say><input name=comment><input type=hidden name=key value=k></form>'

def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    fields = parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'), keep_blank_values=True)
    page = FORM
    if environ['PATH_INFO'] == '/say':
        page += '<p>' + fields['comment'][0]
        assert fields['key'] == ['k']
    start_response('200 OK', [('Content-Type', 'text/html; charset=utf-8')])
    return [page.encode()]
";
    let (code, told) = checked(app, &[], SYSTEM);
    assert_eq!(code, Some(1));
    let sent = requests(&told);
    let form = [["POST /say"; 6].as_slice(), &["GET /"]].concat();
    assert_eq!(sent[24..], form, "{told}");
    let seen: Vec<(String, Vec<String>)> = found(&told)
        .into_iter()
        .map(|(name, _, seen)| (name, seen))
        .collect();
    let expected = [
        ("html-unescaped", "POST /say (its form, markup in comment)"),
        ("raised-before-start", "POST /say (its form, no fields)"),
    ];
    let expected = expected.map(|(name, seen)| (name.to_owned(), vec![seen.to_owned()]));
    assert!(expected.iter().all(|it| seen.contains(it)), "{seen:?}");
    assert_eq!(seen.len(), 2, "{seen:?}");
}

#[test]
fn markup_is_sent_one_field_at_a_time_and_found_behind_a_number() {
    let app = "\
from urllib.parse import parse_qs

FORM = '''<form method=post action=/order><input type=number name=count><input name=wish>
<input type=email name=mail><select name=town><option value=''>Choose<option>Paris, France</select></form>'''

def application(environ, start_response):
    headers = [('Content-Type', 'text/html; charset=utf-8')]
    page = FORM
    if environ['REQUEST_METHOD'] == 'POST' and environ['PATH_INFO'] == '/order':
        size = int(environ.get('CONTENT_LENGTH') or 0)
        fields = parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
        value = lambda name: fields.get(name, [''])[0]
        try:
            count = int(value('count'))
        except ValueError:
            start_response('400 Bad Request', headers)
            return [b'a number, please']
        if '@' not in value('mail') or value('town') != 'Paris, France':
            start_response('400 Bad Request', headers)
            return [b'your address, please']
        page = '<p>%d of %s' % (count, value('wish'))
    start_response('200 OK', headers)
    return [page.encode()]
";
    let (code, told) = checked(app, &[], SYSTEM);
    assert_eq!(code, Some(1), "{told}");
    let found = found(&told);
    let expected = vec!["POST /order (its form, markup in wish)".to_owned()];
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].0.as_str(), &found[0].2),
        ("html-unescaped", &expected)
    );
}

#[test]
fn a_form_goes_with_the_cookie_that_its_page_has_set() {
    let app = "\
import itertools
from urllib.parse import parse_qs

tokens = itertools.count(1)

def application(environ, start_response):
    cookie = environ.get('HTTP_COOKIE')
    headers = [('Content-Type', 'text/html; charset=utf-8')]
    if environ['PATH_INFO'] == '/buy' and environ['REQUEST_METHOD'] == 'POST':
        size = int(environ.get('CONTENT_LENGTH') or 0)
        fields = parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
        token = fields.get('token', [''])[0]
        status = '200 OK' if cookie == 'token=' + token else '403 Forbidden'
        start_response(status, headers)
        return [b'thank you']
    if cookie is None:
        cookie = 'token=%d' % next(tokens)
        headers.append(('Set-Cookie', cookie + '; Path=/'))
    start_response('200 OK', headers)
    token = cookie.partition('=')[2]
    page = '<form method=post action=/buy><input type=hidden name=token value=%s><input name=n></form>'
    return [(page % int(token)).encode()]
";
    let (code, told) = checked(app, &["--path", "/", "--path", "/shop"], SYSTEM);
    assert_eq!((code, found(&told)), (Some(0), Vec::new()));
    let requests = told["requests"].as_array().unwrap().iter();
    let statuses: Vec<&str> = requests
        .filter(|it| it["target"] == "/buy" && it["method"] == "POST")
        .map(|it| it["status"].as_str().unwrap())
        .collect();
    let expected = [["200 OK"; 5].as_slice(), &["403 Forbidden"]].concat();
    assert_eq!(statuses, expected);
}

#[test]
fn a_form_that_is_got_goes_into_the_query() {
    let app = pages(&[
        ("/", "<form action=/find><input name=q></form>"),
        ("/find", "found"),
    ]);
    let (_, told) = checked(&app, &[], SYSTEM);
    let expected = [
        "GET /find?q=Zo%C3%AB+%26+co",
        "GET /find?q=%3Ci%3E%22%26Ada",
        "GET /find?q=O%27Brien",
        "GET /find?q=one%0D%0AX-Two%3A+2",
        "GET /find?q=",
        "GET /find",
        "GET /",
    ];
    assert_eq!(requests(&told)[24..], expected);
}

#[rstest]
#[case("environ['REQUEST_METHOD'] == 'OPTIONS'", "OPTIONS /")]
#[case("environ['REQUEST_METHOD'] == 'BREW'", "BREW /")]
#[case("environ['PATH_INFO'].endswith(chr(254))", "GET /%FF%FE")]
#[case("environ.get('CONTENT_TYPE') == 'application/json'", "POST / (JSON)")]
#[case("environ.get('HTTP_RANGE') == 'bytes=0-9'", "GET / (Range: bytes=0-9)")]
#[case(
    "environ.get('HTTP_ACCEPT_ENCODING') == 'gzip'",
    "GET / (Accept-Encoding: gzip)"
)]
#[case(
    "environ['REQUEST_METHOD'] == 'GET' and environ.get('HTTP_COOKIE') == 'a=1; b=2'",
    "GET / (with its cookies)"
)]
fn what_one_of_the_requests_breaks_is_found(#[case] condition: &str, #[case] request: &str) {
    let app = format!(
        "\
def application(environ, start_response):
    if {condition}:
        raise LookupError('a visitor may send this')
    cookies = [('Set-Cookie', 'a=1; Path=/'), ('Set-Cookie', 'b=2; HttpOnly'), ('Set-Cookie', 'c=; Max-Age=0')]
    start_response('200 OK', [('Content-Type', 'text/plain')] + cookies)
    return [b'Hello']
"
    );
    let (code, told) = checked(&app, &[], SYSTEM);
    assert_eq!(code, Some(1), "{told}");
    let expected = (
        "raised-before-start".to_owned(),
        3,
        vec![request.to_owned()],
    );
    assert_eq!(found(&told), [expected]);
}

#[test]
fn a_form_reader_is_not_told_of_the_chunks_of_check_itself() {
    let app = "\
from urllib.parse import parse_qs

def application(environ, start_response):
    size = int(environ.get('CONTENT_LENGTH') or 0)
    fields = parse_qs(environ['wsgi.input'].read(size).decode('utf-8', 'replace'))
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d fields' % len(fields)]
";
    let (code, told) = checked(app, &[], SYSTEM);
    assert_eq!((code, found(&told)), (Some(0), Vec::new()));
}

#[test]
fn when_every_answer_is_404_nothing_was_checked() {
    let app = pages(&[("/shop", "shop")]);
    let output = check(&[("app.py", &app)], &["app.py"], SYSTEM);
    assert_eq!(output.status.code(), Some(2));
    let said = said(&output);
    assert!(
        said.starts_with("app.py: nothing was checked (24 requests to 4 paths, CPython"),
        "{said}"
    );
    let advice = "Every answer was 404: name a page the app has, as in \
                  'wsgi-tutor check app.py --path /the/page'.\n";
    assert!(said.ends_with(advice), "{said}");
    let (code, told) = checked(&app, &[], SYSTEM);
    assert_eq!((code, &told["checked"]), (Some(2), &Value::from(false)));
    let (code, told) = checked(&app, &["--path", "/shop"], SYSTEM);
    assert_eq!((code, &told["checked"]), (Some(0), &Value::from(true)));
}

#[test]
fn a_page_that_is_named_and_not_there_is_told() {
    let app = pages(&[("/shop", "shop")]);
    let arguments = ["app.py", "--path", "/shop", "--path", "/shpo"];
    let output = check(&[("app.py", &app)], &arguments, SYSTEM);
    let said = said(&output);
    assert!(
        said.ends_with("\nThere is no page /shpo: it was answered 404.\n"),
        "{said}"
    );
}

/// Catches its own exception and logs it, as frameworks do.
const CATCHES: &str = "\
import traceback

def page(environ):
    if environ['REQUEST_METHOD'] == 'POST':
        return b'%d' % (1 // 0)
    return b'Hello'

def application(environ, start_response):
    try:
        body = page(environ)
    except Exception:
        environ['wsgi.errors'].write('Exception on / [POST]\\n' + traceback.format_exc())
        start_response('500 Internal Server Error', [('Content-Type', 'text/plain')])
        return [b'sorry']
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [body]
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn an_exception_that_a_framework_logged_is_told_with_its_line(#[case] engine: Engine) {
    let output = check(&[("app.py", CATCHES)], &["app.py"], engine);
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(
        said.starts_with("error[exception-in-handler]: ZeroDivisionError: "),
        "{said}"
    );
    let whole_line = "/app.py:5:9\n";
    let marks = |part: &str| format!("5 |         return b'%d' % (1 // 0)\n  |         {part}\n");
    // Python marks the expression in its traceback from 3.11 on; the embedded one does not.
    let (place, marks) = if said.contains(whole_line) {
        (whole_line, marks("^^^^^^^^^^^^^^^^^^^^^^^"))
    } else {
        ("/app.py:5:25\n", marks("                ^^^^^^"))
    };
    for part in [
        place,
        &marks,
        "\n  = why: ",
        "\n  = see: RFC 9110, section 15.6.1\n",
        "\n  = seen: with POST / (a form) and 6 more\n",
        "\napp.py: 1 error (24 requests to 4 paths, ",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
}

#[test]
fn an_exception_of_a_library_is_told_with_the_line_that_called_it() {
    let library = "\
import logging

class Framework:
    def __init__(self, page):
        self.page = page

    def __call__(self, environ, start_response):
        try:
            body = self.page(environ)
        except Exception:
            logging.exception('Exception on %s', environ['PATH_INFO'])
            start_response('500 Internal Server Error', [('Content-Type', 'text/plain')])
            return [b'sorry']
        start_response('200 OK', [('Content-Type', 'text/plain')])
        return [body]

def number(text):
    return int(text)
";
    let app = "\
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent / 'lib/site-packages'))
import framework

@framework.Framework
def app(environ):
    number = framework.number(environ['PATH_INFO'])
    return b'%d' % number
";
    let files = [("app.py", app), ("lib/site-packages/framework.py", library)];
    let output = check(&files, &["app.py"], SYSTEM);
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(
        said.contains("ValueError: invalid literal for int() with base 10: '/' (raised in /"),
        "{said}"
    );
    // Before Python 3.11 a traceback marks no expression.
    let places = ["/app.py:9:14\n", "/app.py:9:5\n"];
    assert!(places.iter().any(|it| said.contains(it)), "{said}");
    let place = "/framework.py:18, which is not yours)\n";
    assert!(said.contains(place), "{said}");
    assert!(said.contains("app.py: 1 error (24 requests"), "{said}");
}

#[rstest]
#[case::with_a_name(
    "except ValueError as error:",
    "server-error",
    "the application itself answers 500 Internal Server Error: this except caught ValueError of line 11, \
     and the log holds no traceback"
)]
#[case::without_one(
    "except ValueError:",
    "server-error",
    "the application itself answers 500 Internal Server Error: this except caught an exception of line 11, \
     and the log holds no traceback"
)]
#[case::of_everything(
    "except Exception:",
    "exception-swallowed",
    "the exception of line 11 is caught, and no log says what it was: the answer is 500 Internal Server Error"
)]
fn a_5xx_of_the_applications_own_is_placed_on_its_handler(
    #[case] handler: &str,
    #[case] slug: &str,
    #[case] message: &str,
) {
    let app = format!(
        "\
def failed(start_response):
    start_response('500 Internal Server Error', [('Content-Type', 'text/plain')])
    return [b'sorry']

def application(environ, start_response):
    try:
        settings = {{}}['settings']
    except KeyError:
        settings = None
    try:
        number = int(environ['QUERY_STRING'])
    {handler}
        return failed(start_response)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'%d' % number]
"
    );
    let (code, told) = checked(&app, &[], SYSTEM);
    assert_eq!(code, Some(1));
    let found = found(&told);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].1), (slug, 12));
    assert_eq!(told["diagnoses"][0]["message"], message);
}

#[test]
fn a_5xx_is_an_error_without_an_exception_too() {
    let app = "\
def application(environ, start_response):
    environ['wsgi.errors'].write('the shop is closed\\n')
    start_response('503 Service Unavailable', [('Content-Type', 'text/plain')])
    return [b'come back tomorrow']
";
    let output = check(&[("app.py", app)], &["app.py"], SYSTEM);
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    let title =
        "error[server-error]: the answer is 503 Service Unavailable; the log holds no exception\n";
    assert!(said.starts_with(title), "{said}");
    assert!(said.contains("app.py:3:5\n"), "{said}");
    assert!(said.contains("\n  = log: the shop is closed\n"), "{said}");
    let seen = "\n  = seen: with GET /, GET /no/such/%3Ci%3E%22%26Ada, GET /caf%C3%A9/%E2%98%95 and 21 more\n";
    assert!(said.contains(seen), "{said}");
    let (_, told) = checked(app, &[], SYSTEM);
    let finding = &told["diagnoses"][0];
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["pep"], "RFC 9110, section 15.6");
    assert_eq!(
        (&finding["line"], &finding["elsewhere"]),
        (&Value::from(3), &Value::Null)
    );
    is_told_alike_and_explained(app, finding);
}

#[test]
fn a_method_that_nobody_knows_may_be_answered_501() {
    let app = "\
def application(environ, start_response):
    is_coffee = environ['REQUEST_METHOD'] == 'BREW'
    status = '501 Not Implemented' if is_coffee else '200 OK'
    start_response(status, [('Content-Type', 'text/plain')])
    return [b'Hello']
";
    let (code, told) = checked(app, &[], SYSTEM);
    assert_eq!((code, found(&told)), (Some(0), Vec::new()));
}

/// An app whose answer to HEAD is made by these lines; `get` is the body of GET.
fn answers_head(lines: &str) -> String {
    format!(
        "\
import itertools
numbers = itertools.count(98)

def application(environ, start_response):
    get = b'Hello'
    status, headers = '200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '5')]
    if environ['REQUEST_METHOD'] == 'HEAD':
        {lines}
    start_response(status, headers)
    return [get]
"
    )
}

#[rstest]
#[case(
    "headers[1] = ('Content-Length', '0'); get = b''",
    "head-content-length",
    "HEAD has a Content-Length of 0, and GET has 5"
)]
#[case(
    "headers[0] = ('Content-Type', 'text/html; charset=utf-8'); get = b''",
    "head-content-type",
    "HEAD has the Content-Type text/html; charset=utf-8, and GET has text/plain"
)]
#[case(
    "status, get = '204 No Content', b''; headers.clear()",
    "head-status",
    "HEAD is answered 204 No Content, and GET 200 OK"
)]
fn head_that_is_no_get_is_told(#[case] lines: &str, #[case] name: &str, #[case] message: &str) {
    let (code, told) = checked(&answers_head(lines), &[], SYSTEM);
    assert_eq!(code, Some(1), "{told}");
    let expected = (name.to_owned(), 9, vec!["HEAD /".to_owned()]);
    assert_eq!(found(&told), [expected], "{told}");
    assert_eq!(told["diagnoses"][0]["message"], message);
    assert_eq!(told["diagnoses"][0]["severity"], "warning");
    let app = answers_head(lines);
    is_told_alike_and_explained(&app, &told["diagnoses"][0]);
}

/// That the text has the same example as the JSON and calls it one, and that the mistake is
/// explained by its name.
fn is_told_alike_and_explained(app: &str, told: &Value) {
    let said = said(&check(&[("app.py", app)], &["app.py"], SYSTEM));
    let example = told["example"].as_str().unwrap();
    let first = example.lines().next().unwrap();
    assert!(
        said.contains(&format!(" = for example: {first}\n")),
        "{said}"
    );
    assert!(!said.contains("= instead: "), "{said}");
    assert_eq!(told["fix"], Value::Null);
    let slug = told["slug"].as_str().unwrap();
    let explained = Command::new(env!("CARGO_BIN_EXE_wsgi-tutor"))
        .args(["explain", slug])
        .output()
        .unwrap();
    assert!(explained.status.success());
    let explained = String::from_utf8(explained.stdout).unwrap();
    assert!(explained.starts_with(&format!("{slug}\n")), "{explained}");
}

/// A library with a response object, as `WebOb` has one, and a wrapper that only hands
/// `start_response` on.
const LIBRARY: &str = "\
class Response:
    def __init__(self, status, body):
        self.status, self.body = status, body

    def __call__(self, environ, start_response):
        length = ('Content-Length', str(len(self.body)))
        start_response(self.status, [('Content-Type', 'text/plain'), length])
        return [self.body]

def wrapped(app):
    def inner(environ, start_response):
        def hand_on(status, headers, exc_info=None):
            return start_response(status, headers)
        return app(environ, hand_on)
    return inner
";

#[rstest]
#[case::head("b'' if is_head else b'Hello'", "200 OK", "head-content-length", true)]
#[case::error("b'Hello'", "503 Service Unavailable", "server-error", true)]
#[case::handed_on("b'' if is_head else b'Hello'", "200 OK", "head-content-length", false)]
fn an_answer_that_a_library_made_is_said_to_be(
    #[case] body: &str,
    #[case] status: &str,
    #[case] slug: &str,
    #[case] is_made: bool,
) {
    let answer = if is_made {
        "return library.Response(status, body)(environ, start_response)"
    } else {
        "start_response(status, [('Content-Length', str(len(body)))])\n    return [body]"
    };
    let app = format!(
        "\
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent / 'lib/site-packages'))
import library

@library.wrapped
def app(environ, start_response):
    is_head = environ['REQUEST_METHOD'] == 'HEAD'
    status, body = '{status}', {body}
    {answer}
"
    );
    let files = [
        ("app.py", app.as_str()),
        ("lib/site-packages/library.py", LIBRARY),
    ];
    let output = check(&files, &["app.py"], SYSTEM);
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(said.contains(&format!("[{slug}]: ")), "{said}");
    assert!(said.contains("/app.py:11:5\n"), "{said}");
    let note = " = made by: library, which is not a file of the project\n";
    assert_eq!(said.contains(note), is_made, "{said}");
}

#[rstest]
#[case::the_server_leaves_the_body_out("get = b''")]
#[case::a_length_is_not_needed("del headers[1]; get = b''")]
#[case::it_need_not_be_allowed(
    "status, get = '405 Method Not Allowed', b''; headers[1:] = [('Allow', 'GET')]"
)]
fn head_may_be_answered_like_this(#[case] lines: &str) {
    let (code, told) = checked(&answers_head(lines), &[], SYSTEM);
    assert_eq!((code, found(&told)), (Some(0), Vec::new()));
}

#[test]
fn a_page_that_is_never_the_same_may_have_another_length() {
    let app = "\
import itertools
numbers = itertools.count()

def application(environ, start_response):
    body = b'x' * (1 + next(numbers) % 7)
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', str(len(body)))])
    return [body]
";
    let (code, told) = checked(app, &[], SYSTEM);
    assert_eq!((code, found(&told)), (Some(0), Vec::new()));
}

const SLOW: &str = "\
import time

def application(environ, start_response):
    time.sleep(0.4)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [b'Hello']
";

#[test]
fn the_time_a_check_takes_has_a_limit() {
    let output = check(&[("app.py", SLOW)], &["app.py", "--budget", "2"], SYSTEM);
    assert_eq!(output.status.code(), Some(0));
    let said = said(&output);
    let begins = "app.py: nothing to complain about in the ";
    assert!(
        said.starts_with(begins) && said.contains(" answers that came ("),
        "{said}"
    );
    let last = said.lines().last().unwrap();
    assert!(
        last.starts_with("The 2 s of --budget were used up, so ")
            && last.ends_with(" more requests were not sent."),
        "{said}"
    );
    let (_, told) = checked(SLOW, &["--budget", "2"], SYSTEM);
    let sent = requests(&told).len() as u64;
    assert!(sent < 24, "{told}");
    assert_eq!(told["not_sent"].as_u64().unwrap(), 24 - sent);
}

#[test]
fn an_answer_that_takes_longer_than_the_whole_check_is_not_awaited() {
    let app = SLOW.replace("0.4", "9");
    let output = check(&[("app.py", &app)], &["app.py", "--budget", "1"], SYSTEM);
    let said = said(&output);
    assert!(
        said.starts_with("app.py: nothing was checked (1 request to 1 path, "),
        "{said}"
    );
    assert!(
        said.ends_with(&format!(
            "GET / was not answered within the 1 s of --budget, so 23 more requests were not sent.\n{NOT_WHOLE}"
        )),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_terminal_shows_how_far_it_is_and_nothing_of_it_stays() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("app.py"), SLOW).unwrap();
    let (rows, cols) = (24, 40);
    let size = PtySize {
        rows,
        cols,
        ..PtySize::default()
    };
    let pty = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_wsgi-tutor"));
    command.args(["check", "app.py", "--python", SYSTEM, "--budget", "2"]);
    command.cwd(folder.path());
    let mut reader = pty.master.try_clone_reader().unwrap();
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut raw = Vec::new();
    // Some systems call the end of a terminal an error.
    let _ = reader.read_to_end(&mut raw);
    assert!(child.wait().unwrap().success());
    let text = String::from_utf8(raw.clone()).unwrap();
    // It ends before the last column.
    assert!(
        text.contains("\r\u{1b}[K0 sent, 25 to send, 0 of 2 s: GET /\r"),
        "{text:?}"
    );
    assert!(
        text.contains("\r\u{1b}[K2 sent, 23 to send, 0 of 2 s: GET /?nam\r"),
        "{text:?}"
    );
    let mut screen = vt100::Parser::new(rows, cols, 0);
    screen.process(&raw);
    let shown = screen.screen().contents();
    assert!(
        shown.starts_with("app.py: nothing to complain about"),
        "{shown}"
    );
    assert!(!shown.contains("to send"), "{shown}");
}

/// Right apps that the requests of a check may mislead.
#[rstest]
#[case("content_length_of_bytes")]
#[case("cookies_parsed")]
#[case("empty_generator")]
#[case("escaped_attribute")]
#[case("few_letters")]
#[case("form_length_looked_at_first")]
#[case("form_try_except")]
#[case("head_handled")]
#[case("head_handled_in_generator")]
#[case("head_middleware")]
#[case("json_echo")]
#[case("method_not_allowed_405")]
#[case("middleware_cache")]
#[case("middleware_compresses")]
#[case("not_modified_304")]
#[case("no_type_without_a_body")]
#[case("post_redirect_get")]
#[case("progress_dots")]
#[case("range_206")]
#[case("routes_regex")]
#[case("several_set_cookie")]
#[case("session_store")]
#[case("temporary_file_body")]
#[case("unusual_headers")]
fn right_apps_get_nothing(#[case] name: &str) {
    let file = format!(
        "{}/tests/mistakes/right/{name}.py",
        env!("CARGO_MANIFEST_DIR")
    );
    let app = fs::read_to_string(file).unwrap();
    let (code, told) = checked(&app, &[], SYSTEM);
    assert_eq!((code, found(&told)), (Some(0), Vec::new()));
}
