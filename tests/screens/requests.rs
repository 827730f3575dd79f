//! The list of requests, and those that can be sent from the screen.

use insta::assert_snapshot;
use rstest::rstest;
use wsgi_tutor::browser::Request;
use wsgi_tutor::exchange::EventKind;
use wsgi_tutor::lesson::{Catalogue, Change};
use wsgi_tutor::tui::Effect;

use crate::stage::{self, Stage, whole};

/// What the tutor sends to check a step.
fn check(path: &str) -> Vec<EventKind> {
    let agent = concat!("wsgi-tutor/", env!("CARGO_PKG_VERSION"), " check");
    let mut kinds = whole("GET", path, "200 OK", path.as_bytes());
    for kind in &mut kinds {
        if let EventKind::RequestRead(request) = kind {
            let headers = vec![("User-Agent".into(), agent.into())];
            stage::change(request, |it| it.headers = headers);
        }
    }
    kinds
}

/// An answer with this status and Location.
fn redirect(method: &str, status: &str, location: &str) -> Vec<EventKind> {
    let mut kinds = whole(method, "/shop/tea", status, b"");
    for kind in &mut kinds {
        if let EventKind::HeadersSent { headers, .. } = kind {
            headers.push(("Location".into(), location.into()));
        }
    }
    kinds
}

#[test]
fn checks_that_follow_one_another_are_one_row_until_they_are_unfolded() {
    let mut stage = Stage::serving(1, 120, 40);
    stage.exchange(1, whole("GET", "/mine", "200 OK", b"mine"));
    for id in 2..=4 {
        stage.exchange(id, check(&format!("/check-{id}")));
    }
    stage.exchange(5, whole("GET", "/again", "200 OK", b"again"));
    stage.exchange(6, check("/check-6"));
    let frame = stage.press("5").frame();
    assert_snapshot!("checks_folded", frame);
    // One row up is the learner's own, another one up the last of the three checks.
    assert!(stage.press("<up><up>").frame().contains("▸#4"));
    assert!(stage.press("<up>").frame().contains("▸#1"));
    assert!(stage.press("<down><enter><up>").frame().contains("▸#3"));
    // The one that is chosen stands for all when they are one row again.
    let frame = stage.press("<enter>").frame();
    assert!(frame.contains("▸#3"), "{frame}");
    assert!(!frame.contains(" #4 "), "{frame}");
}

#[rstest]
#[case("POST", "303 See Other", "/thanks?q=1", Ok(("GET", "/thanks?q=1")))]
#[case("GET", "302 Found", "milk", Ok(("GET", "/shop/milk")))]
#[case("HEAD", "301 Moved Permanently", "http://127.0.0.1:8080/", Ok(("HEAD", "/")))]
#[case("PUT", "307 Temporary Redirect", "/other", Ok(("PUT", "/other")))]
#[case(
    "GET",
    "302 Found",
    "https://example.org/",
    Err("leads elsewhere, to https://example.org/")
)]
fn a_redirect_is_followed_with_one_key(
    #[case] method: &str,
    #[case] status: &str,
    #[case] location: &str,
    #[case] expected: Result<(&str, &str), &str>,
) {
    let mut stage = Stage::serving(2, 120, 40);
    stage.exchange(1, redirect(method, status, location));
    stage.effects.clear();
    let frame = stage.press("R").frame();
    match expected {
        Ok((method, path)) => {
            let request = Request {
                method: method.into(),
                path: path.into(),
                ..Request::default()
            };
            assert_eq!(stage.effects, [Effect::Send(request)]);
        }
        Err(why) => assert!(frame.contains(why) && stage.effects.is_empty(), "{frame}"),
    }
}

#[test]
fn an_answer_that_is_no_redirect_has_no_such_key() {
    let mut stage = Stage::serving(2, 120, 40);
    stage.exchange(1, whole("GET", "/", "200 OK", b""));
    stage.effects.clear();
    assert!(!stage.frame().contains("follow the redirect"));
    stage.press("R");
    assert!(stage.effects.is_empty());
}

#[rstest]
#[case(1, "f")]
#[case(2, "F")]
fn any_request_can_be_sent_in_a_lesson(#[case] number: usize, #[case] key: &str) {
    let mut stage = Stage::serving(number, 80, 24);
    stage
        .press(key)
        .press("PUT<tab>/tea<tab><tab>X-Tea: green<tab>");
    stage.press(r#"{"cups": 2}"#);
    assert_snapshot!(format!("any_request_{number}"), stage.frame());
    stage.effects.clear();
    stage.press("<enter>");
    let headers = [("X-Tea", "green"), ("Content-Type", "application/json")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let request = Request {
        method: "PUT".into(),
        path: "/tea".into(),
        headers: headers.into(),
        body: Some(r#"{"cups": 2}"#.into()),
        ..Request::default()
    };
    assert_eq!(stage.effects, [Effect::Send(request)]);
}

#[test]
fn a_step_is_chosen_from_the_list_of_lessons() {
    let mut stage = Stage::of(Catalogue::embedded().unwrap(), 80, 24);
    stage.open(1);
    stage.press("ls");
    assert_snapshot!("steps", stage.frame());
    assert!(stage.press("7").frame().contains("step 7 of 8"));
    stage.effects.clear();
    // Another lesson is opened at the step.
    stage.press("l<down>s3");
    let at = Change::At {
        lesson: "form-post".into(),
        step: "from-text-to-fields".into(),
    };
    let expected = [Effect::Record(vec![at]), Effect::Open(1)];
    assert_eq!(stage.effects, expected);
}

#[test]
fn what_a_browser_asks_for_by_itself_is_not_followed() {
    let mut stage = Stage::serving(2, 120, 40);
    stage.exchange(
        1,
        whole("POST", "/", "500 Internal Server Error", b"the learner's"),
    );
    let mut icon = whole("GET", "/favicon.ico", "200 OK", b"an icon");
    for kind in &mut icon {
        if let EventKind::RequestRead(request) = kind {
            let headers = vec![("Sec-Fetch-Dest".into(), "image".into())];
            stage::change(request, |it| it.headers = headers);
        }
    }
    stage.exchange(2, icon);
    let frame = stage.frame();
    assert!(
        frame.contains("the learner's") && !frame.contains("an icon"),
        "{frame}"
    );
    assert!(frame.contains("a browser, by itself"), "{frame}");
    assert!(frame.contains("▸#1"), "{frame}");
    // It can be chosen all the same; and one that the learner sends is followed.
    assert!(stage.press("5<down>").frame().contains("▸#1"));
    stage.exchange(3, whole("GET", "/favicon.ico", "200 OK", b"sent with curl"));
    assert!(
        stage.frame().contains("sent with curl"),
        "{}",
        stage.frame()
    );
}

#[test]
fn the_first_words_lead_to_all_keys_too() {
    let mut stage = Stage::of(Catalogue::embedded().unwrap(), 80, 24);
    stage.model.progress = wsgi_tutor::lesson::Progress::default();
    stage.open(1);
    let frame = stage.press("?").frame();
    assert!(frame.contains("Keys that work now"), "{frame}");
    assert!(
        stage
            .effects
            .contains(&Effect::Record(vec![Change::Welcomed]))
    );
}
