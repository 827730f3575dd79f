//! The ways `check` fills in a form of a page: with odd letters, with markup, an apostrophe and two
//! lines in one field after the other, blank, and without its fields.

use super::planned::{Cookies, Planned};
use super::probes::{BREAKING, ODD, URLENCODED};
use crate::browser::{Field, PageForm, Part, multipart};

/// Fields of a form that get markup, say, each in a request of its own; the last one of these
/// requests has it in all fields that are left.
const MAX_ALONE: usize = 6;
/// What a visitor types into a field that takes any text.
const PLAIN: &str = "Ada";

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filling {
    /// As the field wants it.
    Plain,
    Odd,
    /// With this text, whatever the field wants.
    With(&'static str),
    Blank,
}

/// The requests for a form that is sent to this target.
pub fn form_probes(form: &PageForm, action: &str) -> Vec<Planned> {
    let all = |filling| vec![filling; form.fields.len()];
    let mut probes = vec![(all(Filling::Odd), "its form, odd letters".to_owned())];
    probes.extend(breaking(form));
    probes.push((all(Filling::Blank), "its form, blank".to_owned()));
    let mut probes: Vec<Planned> = probes
        .into_iter()
        .filter_map(|(fillings, note)| Some(filled_in(form, &fillings, action)?.note(note)))
        .collect();
    if let Some(first) = probes.first_mut() {
        first.follows = true;
    }
    probes.push(without_fields(form, action).note("its form, no fields"));
    probes
        .into_iter()
        .map(|probe| probe.cookies(Cookies::Sent))
        .collect()
}

/// How the fields are filled in when one of them has a text that breaks something, and what that
/// is. The others have what they want: where an app turns one field into a number, it would never
/// come to the next.
fn breaking(form: &PageForm) -> Vec<(Vec<Filling>, String)> {
    let mut places: Vec<usize> = (0..form.fields.len())
        .filter(|place| is_typed(&form.fields[*place]))
        .collect();
    // Those that take any text first.
    places.sort_by_key(|place| typed(&form.fields[*place]).is_some());
    let rest = places.split_off(places.len().min(MAX_ALONE - 1));
    let mut groups: Vec<Vec<usize>> = places.into_iter().map(|place| vec![place]).collect();
    groups.extend(Some(rest).filter(|rest| !rest.is_empty()));
    let filled = |(what, text): (&str, &'static str)| {
        let with = move |group: &Vec<usize>| {
            let mut fillings = vec![Filling::Plain; form.fields.len()];
            for place in group {
                fillings[*place] = Filling::With(text);
            }
            let names = group.iter().map(|place| form.fields[*place].name.as_str());
            let names = names.collect::<Vec<_>>().join(", ");
            (fillings, format!("its form, {what} in {names}"))
        };
        groups.iter().map(with).collect::<Vec<_>>()
    };
    BREAKING.into_iter().flat_map(filled).collect()
}

fn filled_in(form: &PageForm, fillings: &[Filling], action: &str) -> Option<Planned> {
    let fields = form.fields.iter().zip(fillings);
    let values: Vec<String> = fields
        .map(|(field, filling)| value(field, *filling))
        .collect();
    if !form.multipart {
        return Some(Planned::of(form.request_to(action, &values).ok()?));
    }
    let is_file = |name: &str| {
        let mut fields = form.fields.iter();
        fields.any(|field| field.name == name && field.kind == "file")
    };
    let parts: Vec<Part> = form
        .submission(&values)
        .into_iter()
        .map(|(name, content)| Part {
            file_name: is_file(&name).then(|| content.clone()),
            name,
            content,
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
    Planned::new("GET", action.split('?').next().unwrap_or(action))
}

/// Whether a visitor types into a field. Another field is seen by nobody, or only chosen in.
fn is_typed(field: &Field) -> bool {
    !matches!(
        field.kind.as_str(),
        "hidden" | "checkbox" | "radio" | "select"
    )
}

/// A value of the kind a field wants; nothing where it takes any text. A browser lets nothing else
/// into these fields; another client does.
fn typed(field: &Field) -> Option<&'static str> {
    Some(match field.kind.as_str() {
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
        _ => return None,
    })
}

/// What a visitor puts into a field.
fn value(field: &Field, filling: Filling) -> String {
    let preset = || Some(field.value.clone()).filter(|value| !value.is_empty());
    let first = || {
        let mut choices = field.choices.iter();
        let first = choices.find(|it| !it.is_empty());
        first.cloned().unwrap_or_default()
    };
    match (field.kind.as_str(), filling) {
        // The visitor does not see it.
        ("hidden", _) => field.value.clone(),
        (_, Filling::Blank) => String::new(),
        ("checkbox", _) => first(),
        ("radio" | "select", _) => preset().unwrap_or_else(first),
        (_, Filling::With(text)) => text.to_owned(),
        (_, Filling::Odd) if typed(field).is_none() => ODD.to_owned(),
        _ => preset().unwrap_or_else(|| typed(field).unwrap_or(PLAIN).to_owned()),
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
        let action = origin.resolve(&page.forms[0].action).unwrap();
        let probes = form_probes(&page.forms[0], &action);
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
        let thing = "POST /buy thing=%3Ci%3E%22%26Ada&count=7&token=t&gift=on&size=small";
        let count = "POST /buy thing=Ada&count=%3Ci%3E%22%26Ada&token=t&gift=on&size=small";
        let rest = "&count=7&token=t&gift=on&size=small";
        let broken = [
            format!("POST /buy thing=O%27Brien{rest}"),
            "POST /buy thing=Ada&count=O%27Brien&token=t&gift=on&size=small".to_owned(),
            format!("POST /buy thing=one%0D%0AX-Two%3A+2{rest}"),
            "POST /buy thing=Ada&count=one%0D%0AX-Two%3A+2&token=t&gift=on&size=small".to_owned(),
        ];
        let sent = sent(html);
        assert_eq!(sent[..3], [odd, thing, count]);
        assert_eq!(sent[3..7], broken);
        assert_eq!(sent[7..], ["POST /buy thing=&count=&token=t", "POST /buy "]);
    }

    #[test]
    fn a_large_form_is_sent_a_bounded_number_of_times() {
        let field = |number| format!("<input name=f{number} value={number}>");
        let fields: String = (0..20).map(field).collect();
        let sent = sent(&format!(
            "<form method=post><input type=number name=n>{fields}</form>"
        ));
        let markup: Vec<usize> = sent
            .iter()
            .map(|it| it.matches("%3Ci%3E").count())
            .collect();
        assert_eq!(markup[..8], [0, 1, 1, 1, 1, 1, 16, 0]);
        assert_eq!(sent.len(), 3 * 6 + 3);
        // A number is marked last, and the fields of text keep what they had.
        assert!(
            sent[1].starts_with("POST /shop n=7&f0=%3Ci%3E%22%26Ada&f1=1&"),
            "{sent:?}"
        );
        assert!(
            sent[6].starts_with("POST /shop n=%3Ci%3E%22%26Ada&f0=0&"),
            "{sent:?}"
        );
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
            "GET /find?q=%3Ci%3E%22%26Ada ",
            "GET /find?q=O%27Brien ",
            "GET /find?q=one%0D%0AX-Two%3A+2 ",
            "GET /find?q= ",
            "GET /find ",
        ];
        assert_eq!(sent(html), expected);
    }

    #[test]
    fn a_file_is_sent_as_one() {
        let html = "<form method=post enctype=multipart/form-data><input type=file name=f></form>";
        let sent = sent(html);
        assert_eq!(sent.len(), 6);
        let part = "name=\"f\"; filename=\"Zo\u{eb} & co\"\r\n";
        assert!(sent[0].contains(part), "{}", sent[0]);
        let part = "filename=\"one%0D%0AX-Two: 2\"\r\n";
        assert!(sent[3].contains(part), "{}", sent[3]);
        assert!(sent[4].contains("filename=\"\"\r\n"), "{}", sent[4]);
    }
}
