//! The ways `check` fills in a form of a page: with odd letters, with markup, blank, and without its
//! fields.

use super::planned::{Cookies, Planned};
use super::probes::{MARKUP, ODD, URLENCODED};
use crate::browser::{Field, Origin, PageForm, Part, Request, multipart};

/// How the fields are filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filling {
    Odd,
    Markup,
    Blank,
}

/// The requests for a form of a page that was got from here; none where it leads to another server.
pub fn form_probes(form: &PageForm, origin: &Origin) -> Vec<Planned> {
    let Some(action) = origin.resolve(&form.action) else {
        return Vec::new();
    };
    let filled = [
        (Filling::Odd, "its form, odd letters"),
        (Filling::Markup, "its form, markup"),
        (Filling::Blank, "its form, blank"),
    ];
    let mut probes: Vec<Planned> = filled
        .into_iter()
        .filter_map(|(filling, note)| Some(filled_in(form, filling, &action, origin)?.note(note)))
        .collect();
    if let Some(first) = probes.first_mut() {
        first.follows = true;
    }
    probes.push(without_fields(form, &action).note("its form, no fields"));
    probes
        .into_iter()
        .map(|probe| probe.cookies(Cookies::Sent))
        .collect()
}

fn filled_in(form: &PageForm, filling: Filling, action: &str, origin: &Origin) -> Option<Planned> {
    let values: Vec<String> = form.fields.iter().map(|it| value(it, filling)).collect();
    if !form.multipart {
        return Some(Planned::of(form.request(&values, origin).ok()?));
    }
    let pairs = form.submission(&values);
    let is_file = |name: &str| {
        let mut fields = form.fields.iter();
        fields.any(|field| field.name == name && field.kind == "file")
    };
    let parts: Vec<Part> = pairs
        .into_iter()
        .map(|(name, value)| {
            if is_file(&name) {
                Part {
                    content: value.clone(),
                    file_name: Some(value),
                    name,
                }
            } else {
                Part {
                    name,
                    file_name: None,
                    content: value,
                }
            }
        })
        .collect();
    let (kind, body) = multipart(&parts);
    Some(Planned::new("POST", action).body(&kind, body))
}

fn without_fields(form: &PageForm, action: &str) -> Planned {
    if form.multipart {
        let (kind, body) = multipart(&[]);
        return Planned::new("POST", action).body(&kind, body);
    }
    if form.method == "POST" {
        return Planned::new("POST", action).body(URLENCODED, Vec::new());
    }
    let path = action.split('?').next().unwrap_or(action);
    Planned::of(Request {
        path: path.to_owned(),
        ..Request::default()
    })
}

/// What a visitor puts into a field.
fn value(field: &Field, filling: Filling) -> String {
    let preset = || (!field.value.is_empty()).then(|| field.value.clone());
    let first = || {
        let mut choices = field.choices.iter();
        let first = choices.find(|it| !it.is_empty());
        first.cloned().unwrap_or_default()
    };
    let typed = match field.kind.as_str() {
        // The visitor does not see it.
        "hidden" => return field.value.clone(),
        _ if filling == Filling::Blank => return String::new(),
        "checkbox" => return first(),
        "radio" | "select" => return preset().unwrap_or_else(first),
        // A browser lets nothing else into these; another client does.
        "email" => "zoe@example.org",
        "url" => "https://example.org/?a=1&b=2",
        "tel" => "+44 20 7946 0958",
        "number" | "range" => "7",
        "date" => "2024-02-29",
        "time" => "23:59",
        "datetime-local" => "2024-02-29T23:59",
        "month" => "2024-02",
        "week" => "2024-W09",
        "color" => "#ff8800",
        _ if filling == Filling::Odd => return ODD.to_owned(),
        _ => MARKUP,
    };
    match filling {
        Filling::Markup => MARKUP.to_owned(),
        _ => preset().unwrap_or_else(|| typed.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::form_probes;
    use crate::browser::{Navigation, Origin, encode_form};
    use crate::verify::planned::Planned;

    fn sent(html: &str) -> Vec<String> {
        let page = Navigation::parse(html.into()).unwrap();
        let origin = Origin::new("/shop", &["127.0.0.1:8080".into()]);
        let probes = form_probes(&page.forms[0], &origin);
        probes.iter().map(told).collect()
    }

    fn told(planned: &Planned) -> String {
        let request = &planned.probe.request;
        let form = request.form.as_ref().map(|form| encode_form(form).unwrap());
        let body = planned.probe.body.as_ref();
        let body = body.map(|(_, body)| String::from_utf8(body.clone()).unwrap());
        let body = form.or(body).unwrap_or_default();
        format!("{} {} {body}", request.method, request.path)
    }

    #[test]
    fn a_form_is_sent_with_its_own_fields() {
        let html = "<form method=post action=buy><input name=thing><input type=number name=count>\
            <input type=hidden name=token value=t><input type=checkbox name=gift>\
            <select name=size><option>small<option>large</select></form>";
        let odd = "POST /buy thing=Zo%C3%AB+%26+co&count=7&token=t&gift=on&size=small";
        let markup = "POST /buy thing=%3Ci%3E%22%26&count=%3Ci%3E%22%26&token=t&gift=on&size=small";
        let blank = "POST /buy thing=&count=&token=t";
        assert_eq!(sent(html), [odd, markup, blank, "POST /buy "]);
    }

    #[test]
    fn what_can_be_chosen_is_sent_whole() {
        let html = "<form method=post><select name=town><option>Paris, France<option>Bonn</select>\
            <input type=radio name=size value='s: small, or so'><input type=checkbox name=a value='1, 2'></form>";
        let sent = sent(html);
        let expected = "POST /shop town=Paris%2C+France&size=s%3A+small%2C+or+so&a=1%2C+2";
        assert_eq!(sent[0], expected);
    }

    #[test]
    fn what_is_got_is_sent_in_the_query() {
        let html = "<form action=/find?old><input name=q></form>";
        let expected = [
            "GET /find?q=Zo%C3%AB+%26+co ",
            "GET /find?q=%3Ci%3E%22%26 ",
            "GET /find?q= ",
            "GET /find ",
        ];
        assert_eq!(sent(html), expected);
    }

    #[test]
    fn a_file_is_sent_as_one() {
        let html = "<form method=post enctype=multipart/form-data><input type=file name=f></form>";
        let sent = sent(html);
        assert_eq!(sent.len(), 4);
        let part = "name=\"f\"; filename=\"Zo\u{eb} & co\"\r\n";
        assert!(sent[0].contains(part), "{}", sent[0]);
        assert!(sent[2].contains("filename=\"\"\r\n"), "{}", sent[2]);
    }

    #[test]
    fn a_form_that_leads_elsewhere_is_not_sent() {
        let html = "<form method=post action=https://example.org/><input name=q></form>";
        assert!(sent(html).is_empty());
    }
}
