//! The lines of the application as they run: recorded alike by both engines, within bounds, and
//! without any effect on what is looked at.

use rstest::rstest;
use serde_json::{Value, json};

#[cfg(feature = "embedded-python")]
use crate::support::EMBEDDED;
use crate::support::{Engine, Plan, SYSTEM, Tutor, routed};

const SHOP: &str = "\
import words

def price(count):
    total = count * 3
    return total

def application(environ, start_response):
    cost = price(2)
    start_response('200 OK', [('Content-Type', 'text/plain')])
    for part in words.parts(cost):
        yield part
";

const WORDS: &str = "\
import json

def parts(cost):
    return [json.dumps(cost).encode(), b'!']
";

fn shop(engine: Engine) -> Plan {
    Tutor::run("app.py", &[("app.py", SHOP), ("words.py", WORDS)]).engine(engine)
}

/// The events of the next exchange that fit.
fn events(tutor: &Tutor, kinds: &[&str]) -> Vec<Value> {
    let mut exchange = tutor.exchange();
    let events = exchange["events"].take();
    let of_kind = |event: &Value| kinds.contains(&event["kind"].as_str().unwrap());
    let events = events.as_array().unwrap().iter();
    events.filter(|&event| of_kind(event)).cloned().collect()
}

/// Each line as `file:line function[depth] changed locals`.
fn lines(events: &[Value]) -> Vec<String> {
    let told = |event: &Value| {
        let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
        let file = text("file").rsplit('/').next().unwrap().to_owned();
        let locals = event["locals"].as_array().into_iter().flatten();
        let locals: Vec<String> = locals
            .map(|pair| {
                format!(
                    "{}={}",
                    pair[0].as_str().unwrap(),
                    pair[1].as_str().unwrap_or("-")
                )
            })
            // How many keys it has is another test's business.
            .filter(|local| !local.starts_with("environ") && !local.starts_with("start_response"))
            .collect();
        format!(
            "{file}:{} {}{} {}",
            event["line"],
            text("function"),
            event["depth"],
            locals.join(" ")
        )
    };
    events.iter().map(told).collect()
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn each_line_is_told_before_it_runs_with_what_changed(#[case] engine: Engine) {
    let tutor = shop(engine).start();
    assert_eq!(tutor.get("/").text(), "6!");
    let events = events(&tutor, &["line", "suspended", "start-response", "block"]);
    let expected = [
        "app.py:8 application1 ",
        "app.py:4 price2 count=2",
        "app.py:5 price2 total=6",
        "app.py:9 application1 cost=6",
        // start_response, at the line of its call
        "app.py:9 null ",
        "app.py:10 application1 ",
        "words.py:4 parts2 cost=6",
        "app.py:11 application1 part=b'6'",
        // It waits at the yield while the block goes out.
        "app.py:11 null ",
        ":null null ",
        "app.py:10 application1 ",
        "app.py:11 application1 part=b'!'",
        "app.py:11 null ",
        ":null null ",
        "app.py:10 application1 ",
    ];
    assert_eq!(lines(&events), expected);
    // A second request is another story: its calls are numbered anew.
    tutor.get("/");
    let again = self::events(&tutor, &["line"]);
    assert_eq!(again[0]["call"], 1);
    let times: Vec<u64> = again
        .iter()
        .map(|line| line["at_us"].as_u64().unwrap())
        .collect();
    assert!(times.is_sorted(), "{times:?}");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn without_tracing_there_are_no_lines_and_the_answer_is_the_same(#[case] engine: Engine) {
    let tutor = shop(engine).flag("--no-trace").start();
    assert_eq!(tutor.get("/").text(), "6!");
    assert_eq!(events(&tutor, &["line", "suspended"]), Vec::<Value>::new());
}

const ODD: &str = "\
import sys, time

class Raises:
    def __repr__(self):
        raise ValueError('no')
    __str__ = __eq__ = __hash__ = __len__ = __getattr__ = __repr__

class Waits:
    def __repr__(self):
        time.sleep(60)

class Big(str):
    def __repr__(self):
        return 'x' * 100_000_000

class Dies:
    def __init__(self, seen):
        self.seen = seen
    def __del__(self):
        self.seen.append('died')

def answer(start_response, text):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    return [text.encode()]

def odd(environ, start_response):
    raises, waits, big = Raises(), Waits(), Big('big')
    many = list(range(1_000_000))
    number = 1 << 10_000_000
    nested = [[[[['deep']]]]]
    nested.append(nested)
    text = 'a\\x1b\\n' + 'x' * 1000
    return answer(start_response, 'fine')

def once(seen):
    value = Dies(seen)
    seen.append('before')

def order(environ, start_response):
    seen = []
    once(seen)
    seen.append('after')
    return answer(start_response, ' '.join(seen))

def long(environ, start_response):
    count = 0
    for number in range(10_000):
        count += number
    return answer(start_response, str(count))

def deeper(depth):
    return depth and 1 + deeper(depth - 1)

def deep(environ, start_response):
    return answer(start_response, str(deeper(300)))

def traced(environ, start_response):
    seen = []
    sys.settrace(lambda *arguments: seen.append('call'))
    deeper(1)
    sys.settrace(None)
    return answer(start_response, ' '.join(seen))

def raises(environ, start_response):
    number = 1
    number / 0
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn looking_at_a_value_runs_nothing_of_its_own(#[case] engine: Engine) {
    let app = routed(ODD);
    let tutor = Tutor::run("app.py", &[("app.py", &app)])
        .engine(engine)
        .start();
    assert_eq!(tutor.get("/odd").text(), "fine");
    let events = events(&tutor, &["line"]);
    let locals: Vec<(String, String)> = events
        .iter()
        .flat_map(|line| line["locals"].as_array().unwrap())
        .map(|pair| {
            let text = |place: usize| pair[place].as_str().unwrap_or_default().to_owned();
            (text(0), text(1))
        })
        .collect();
    let value = |name: &str| &locals.iter().find(|(known, _)| known == name).unwrap().1;
    assert_eq!(value("raises"), "<Raises>");
    assert_eq!(value("waits"), "<Waits>");
    assert_eq!(value("big"), "<Big>");
    assert_eq!(value("many"), "[0, 1, 2, 3, 4, … (1000000)]");
    assert_eq!(value("number"), "<int of 10000001 bits>");
    assert_eq!(value("nested"), "[[<list of 1>]]");
    let text = value("text");
    assert!(text.starts_with("'a\\x1b\\nxxx"), "{text}");
    assert!(text.ends_with("… (1003)"), "{text}");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn values_live_no_longer_for_being_looked_at(#[case] engine: Engine) {
    let app = routed(ODD);
    for flag in ["--no-trace", "--no-mouse"] {
        let plan = Tutor::run("app.py", &[("app.py", &app)])
            .engine(engine)
            .flag(flag);
        let tutor = plan.start();
        assert_eq!(tutor.get("/order").text(), "before died after", "{flag}");
    }
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn a_record_of_many_lines_stops_and_says_so(#[case] engine: Engine) {
    let app = routed(ODD);
    let tutor = Tutor::run("app.py", &[("app.py", &app)])
        .engine(engine)
        .start();
    assert_eq!(tutor.get("/long").text(), "49995000");
    let events = events(&tutor, &["line", "trace-stopped"]);
    let (last, lines) = events.split_last().unwrap();
    assert_eq!(last["reason"], "2000 lines have run");
    assert_eq!(lines.len(), 2000);
    // The next exchange begins anew, and recursion is followed to a depth.
    assert_eq!(tutor.get("/deep").text(), "300");
    let events = self::events(&tutor, &["line", "trace-stopped"]);
    assert!(events.iter().all(|event| event["kind"] == "line"));
    let deepest = events
        .iter()
        .map(|line| line["depth"].as_u64().unwrap())
        .max();
    assert_eq!(deepest, Some(40));
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn an_app_that_traces_itself_goes_on_doing_so(#[case] engine: Engine) {
    let app = routed(ODD);
    let tutor = Tutor::run("app.py", &[("app.py", &app)])
        .engine(engine)
        .start();
    let answer = tutor.get("/traced");
    assert!(answer.text().starts_with("call call"), "{answer:?}");
    assert_eq!(tutor.get("/order").text(), "before died after");
}

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn the_last_line_is_the_one_that_raised(#[case] engine: Engine) {
    let app = routed(ODD);
    let tutor = Tutor::run("app.py", &[("app.py", &app)])
        .engine(engine)
        .start();
    assert_eq!(tutor.get("/raises").status, "500 Internal Server Error");
    let events = events(&tutor, &["line", "raised"]);
    let [.., line, raised] = &events[..] else {
        panic!("{events:?}");
    };
    assert_eq!(line["kind"], "line");
    assert_eq!(line["line"], raised["line"]);
    assert_eq!(line["locals"], json!([["number", "1"]]));
}

/// Generators whose variables the interpreter would change if they were looked at at the wrong
/// moment.
const GENERATORS: &str = "\
def captured(environ, start_response):
    def path():
        return environ['PATH_INFO']
    start_response('200 OK', [('Content-Type', 'text/plain')])
    yield path().encode()
    yield environ['PATH_INFO'].encode()

def one_line(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    for number in range(3): yield b'%d' % number; last = number; yield b'(%d)' % last

def named(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    number = 0
    yield b'%d' % (number := number + 1)
    yield b'%d' % number
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn looking_at_the_variables_of_a_generator_does_not_change_them(#[case] engine: Engine) {
    let tutor = Tutor::lesson(1)
        .engine(engine)
        .app(routed(GENERATORS))
        .start();
    for (path, expected) in [
        ("/captured", "/captured/captured"),
        ("/one_line", "0(0)1(1)2(2)"),
        ("/named", "11"),
    ] {
        let answer = tutor.get(path);
        assert!(answer.whole, "{path}");
        assert_eq!(answer.text(), expected, "{path}");
    }
}

/// A body whose last lines run when there is nothing more to tell, and calls one after another in
/// the same place of memory.
const KINDS: &str = "\
import types
class Body:
    def __init__(self):
        self.left = 1
    def __iter__(self):
        return self
    def __next__(self):
        if self.left == 0:
            done = True
            raise StopIteration
        self.left -= 1
        return b'x'

def numbers():
    for number in range(2):
        yield number

def application(environ, start_response):
    start_response('200 OK', [('Content-Type', 'text/plain')])
    none, yes, few, half = None, True, 1, 2.5
    text, data = 'é\\ud800\\'\"', b'\\x00'
    many = [1, (2,), {3}, frozenset({4}), {'k': [1, [2, [3]]]}, 6]
    empty = [], (), set(), frozenset(), {}
    large, long, much = dict.fromkeys(range(6)), 'y' * 100, b'z' * 100
    kind, module, function, builtin = Body, types, numbers, len
    method, generator, own = Body().__iter__, numbers(), list(numbers())
    del none, yes
    return Body()
";

#[rstest]
#[cfg_attr(feature = "embedded-python", case::embedded(EMBEDDED))]
#[case::system(SYSTEM)]
fn each_kind_of_value_has_a_short_form(#[case] engine: Engine) {
    let tutor = Tutor::run("app.py", &[("app.py", KINDS)])
        .engine(engine)
        .start();
    assert_eq!(tutor.get("/").text(), "x");
    let events = events(&tutor, &["line"]);
    let expected = [
        "app.py:19 application1 ",
        "app.py:20 application1 ",
        "app.py:21 application1 none=None yes=True few=1 half=2.5",
        "app.py:22 application1 text='é\\ud800\\'\"' data=b'\\x00'",
        "app.py:23 application1 many=[1, (2,), {3}, frozenset({4}), {'k': <list of 2>}, … (6)]",
        "app.py:24 application1 empty=([], (), set(), frozenset(), {})",
        &format!(
            "app.py:25 application1 large=<dict of 6> long='{}'… (100) much=b'{}'… (100)",
            "y".repeat(60),
            "z".repeat(60)
        ),
        "app.py:26 application1 kind=<class Body> module=<module> function=<function numbers> builtin=<builtin_function_or_method len>",
        "app.py:4 __init__2 self=<Body>",
        "app.py:15 numbers2 ",
        "app.py:16 numbers2 number=0",
        "app.py:15 numbers2 ",
        "app.py:16 numbers2 number=1",
        "app.py:15 numbers2 ",
        "app.py:27 application1 method=<method __iter__> generator=<generator numbers> own=[0, 1]",
        "app.py:28 application1 none=- yes=-",
        "app.py:4 __init__2 self=<Body>",
        "app.py:6 __iter__1 self=<Body>",
        "app.py:8 __next__1 self=<Body>",
        "app.py:11 __next__1 ",
        "app.py:12 __next__1 ",
        "app.py:8 __next__1 self=<Body>",
        "app.py:9 __next__1 ",
        "app.py:10 __next__1 done=True",
    ];
    assert_eq!(lines(&events), expected);
}
