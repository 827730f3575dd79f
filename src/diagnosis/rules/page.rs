//! What a page shows of what the visitor sent, and where its links lead.

use ruff_python_ast::{Expr, InterpolatedStringElement, Operator};
use ruff_text_size::Ranged as _;

use super::Finding;
use super::form;
use super::middleware::is_application_call;
use super::raw_markup::{self, Raw};
use crate::diagnosis::Mistake;
use crate::diagnosis::Spot;
use crate::diagnosis::body::{self, Part};
use crate::diagnosis::case::Case;
use crate::diagnosis::source::{
    Node, Tree, call, call_of, last_name, literal, look_up, method, name,
};
use crate::exchange::{EventKind, header};

/// What Flask, Django, Bottle, `WebOb` and Falcon call the parts of a request that a visitor fills.
const REQUEST_PARTS: &[&str] = &[
    "args",
    "values",
    "form",
    "forms",
    "data",
    "json",
    "GET",
    "POST",
    "query",
    "params",
    "query_params",
    "query_string",
    "cookies",
    "headers",
    "path",
];

/// What makes a visitor's text harmless in HTML, or makes something else of it.
const HARMLESS: &[&str] = &[
    "escape",
    "quote",
    "quote_plus",
    "quoteattr",
    "urlencode",
    "len",
    "int",
    "float",
    "bool",
    "sorted",
    "Markup",
    "dumps",
];

pub fn find(case: &Case<'_>) -> Vec<Finding> {
    let moment = case.exchange().now();
    if moment.error_page || moment.sent.is_none() {
        return Vec::new();
    }
    let at = case.run.events().len();
    let body = String::from_utf8_lossy(&moment.body.kept);
    let look = Look {
        case,
        body: &body,
        at,
    };
    let found = [
        look.unescaped(),
        look.bytes_shown(),
        look.list_shown(),
        look.garbled_path(),
        look.unmounted_link(),
    ];
    found.into_iter().flatten().collect()
}

struct Look<'a, 'c> {
    case: &'c Case<'a>,
    body: &'c str,
    at: usize,
}

impl<'a> Look<'a, '_> {
    fn finding(&self, mistake: Mistake, message: String, spot: Option<Spot>) -> Finding {
        Finding::new(mistake, message, spot, self.at)
    }

    fn is_html(&self) -> bool {
        let sent = self.case.exchange().now().sent.as_ref();
        let kind = sent.and_then(|(_, headers)| header(headers, "content-type"));
        kind.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"))
    }

    /// A visitor's markup that stands in the page as it came: cross-site scripting.
    fn unescaped(&self) -> Option<Finding> {
        if !self.is_html() {
            return None;
        }
        let values = sent_by_visitor(self.case);
        let value = values.iter().find(|value| self.shows_markup(value))?;
        let message = format!("the page holds '{value}' as the visitor sent it");
        let of_template = |raw: Raw| {
            let message = format!("{message}: {}", raw.why);
            let finding = self.finding(Mistake::HtmlUnescaped, message, Some(raw.spot));
            let finding = finding.with(raw.remedy);
            if raw.is_sure {
                finding
            } else {
                finding.latent()
            }
        };
        if let Some(raw) = raw_markup::as_template(self.case, value) {
            return Some(of_template(raw));
        }
        let is_harmless = |_: &Tree<'a>, expr: &Expr| makes_harmless(expr, value);
        let parts = body::parts(self.case, &is_harmless);
        let of_own = |stop: &dyn Fn(&Expr) -> bool| {
            let spot = spot_among(&parts, |part| {
                let parts = parts_of(part.expr);
                let mut tainted = parts.iter().map(|it| comes_of(&part.tree, it, stop));
                // Best where there is markup around the value.
                let has_markup = part.tree.source.code(part.expr).contains('<');
                tainted.any(|it| it).then(|| usize::from(has_markup))
            });
            spot.map(|it| self.finding(Mistake::HtmlUnescaped, message.clone(), Some(it)))
        };
        // A page around one that a template engine made is not what escapes nothing.
        let fills_in = |it: &Expr| raw_markup::fills_in(self.case, it);
        of_own(&|it| makes_harmless(it, value) || fills_in(it))
            .or_else(|| raw_markup::as_value(self.case, value).map(of_template))
            .or_else(|| of_own(&|it| makes_harmless(it, value)))
    }

    fn shows_markup(&self, value: &str) -> bool {
        if value.contains('<') && value.len() > 2 {
            return self.body.contains(value);
        }
        // A quotation mark ends an attribute that a value stands in.
        value.contains('"')
            && self.body.match_indices(value).any(|(at, _)| {
                let before = &self.body[..at];
                let tag = before.rfind('<');
                tag > before.rfind('>') && before.ends_with("=\"")
            })
    }

    /// The first expression that ran and fits; of two, one inside the other, the outer one.
    fn spot_of(&self, fits: impl Fn(&Tree<'a>, &Node<'a>, &'a Expr) -> bool) -> Option<Spot> {
        self.case.trees().find_map(|(file, tree)| {
            let ran = self.case.ran_nodes(file, &tree);
            let fits = |node: &&Node<'a>| node.expr().is_some_and(|it| fits(&tree, node, it));
            Some(Spot::of(file, tree.span(ran.iter().find(fits)?)))
        })
    }

    /// `b'…'` in a page: `str()` of bytes.
    fn bytes_shown(&self) -> Option<Finding> {
        let marks = ["b'", "b&#x27;", "b&#39;", "b\"", "b&quot;"];
        if !marks.iter().any(|mark| self.body.contains(mark)) {
            return None;
        }
        let spot = spot_among(&body::parts(self.case, &|_, _| false), |part| {
            let Part {
                file,
                tree,
                node,
                expr,
            } = part;
            let shown: Vec<&Expr> = match expr {
                Expr::Call(_) => {
                    let made = call_of(expr, "str").filter(|it| it.arguments.len() == 1);
                    let formatted = || call_of(expr, "format").filter(|_| !shows_repr(expr));
                    let printed = made.or_else(formatted)?;
                    printed.arguments.args.iter().collect()
                }
                Expr::FString(_) => plain_parts(expr),
                // A sum of bytes and str would have failed.
                Expr::BinOp(it) if it.op == Operator::Mod && !it.left.is_bytes_literal_expr() => {
                    plain_parts(expr)
                }
                _ => return None,
            };
            let has_bytes = shown.iter().any(|it| {
                let seen = self.is_bytes_local(file, node, it);
                seen.unwrap_or_else(|| form::is_bytes(tree, it))
            });
            has_bytes.then_some(0)
        })?;
        let message = "the page shows bytes as Python writes them, as b'…': str() was \
                       called where decode() was meant";
        Some(self.finding(Mistake::StrOfBytes, message.to_owned(), Some(spot)))
    }

    /// Whether a variable was seen to hold bytes when a line ran; nothing where its value was not
    /// seen.
    fn is_bytes_local(&self, file: &str, node: &Node<'_>, expr: &Expr) -> Option<bool> {
        let variable = name(expr)?;
        let mut held = None;
        let mut seen = None;
        let steps = self.case.run.steps().iter();
        for (_, step) in steps.filter(|(_, step)| step.place.file == file) {
            for (name, value) in &step.locals {
                if name == variable {
                    held = value.as_deref();
                }
            }
            if step.place.line == node.line {
                seen = held;
            }
        }
        seen.map(|it| it.starts_with("b'") || it.starts_with("b\""))
    }

    /// `['Ada']` in a page: what `parse_qs` gives for a field, as it is.
    fn list_shown(&self) -> Option<Finding> {
        let fields = self.case.run.fields();
        let shown = fields.iter().find(|(_, value)| {
            let marks = ["['", "[&#x27;", "[&#39;"];
            !value.is_empty()
                && marks
                    .iter()
                    .any(|mark| self.body.contains(&format!("{mark}{value}")))
        })?;
        let spot = self.spot_of(|tree, node, expr| {
            let Some(found) = look_up(expr).filter(|it| it.key == shown.0) else {
                return false;
            };
            let mut around = tree.around(node).map(Node::expr);
            let takes_first = matches!(around.next(), Some(Some(Expr::Subscript(_))));
            !takes_first && form::parsed(tree, found.container).is_some()
        })?;
        let message = format!(
            "the page shows the list ['{}']: parse_qs gives a list for each field",
            shown.1
        );
        Some(self.finding(Mistake::ParseQsList, message, Some(spot)))
    }

    /// A path that was not decoded, and came out encoded twice.
    fn garbled_path(&self) -> Option<Finding> {
        let moment = self.case.exchange().now();
        let entry = self.case.entry("PATH_INFO")?;
        let request = moment.request.as_ref()?;
        let path = request.target.split('?').next()?;
        let bytes = percent_decoded(path);
        let text = String::from_utf8(bytes.clone()).ok()?;
        if text.is_ascii() || entry.r#type != "str" {
            return None;
        }
        let garbled: String = bytes.iter().map(|&byte| char::from(byte)).collect();
        let last = garbled.rsplit('/').find(|part| !part.is_ascii())?;
        if !self.body.contains(last) {
            return None;
        }
        let spot =
            self.spot_of(|_, _, expr| look_up(expr).is_some_and(|it| it.key == "PATH_INFO"))?;
        let message = format!(
            "the page shows '{}' for {}: PATH_INFO holds the bytes as latin-1",
            last,
            text.rsplit('/').find(|part| !part.is_ascii())?
        );
        Some(self.finding(Mistake::PathNotDecoded, message, Some(spot)))
    }

    /// A link that leaves the place where the application is mounted.
    fn unmounted_link(&self) -> Option<Finding> {
        let prefix = mounted(self.case)?;
        let moment = self.case.exchange().now();
        let location = header(&moment.sent.as_ref()?.1, "location");
        let in_page = [
            "href=\"",
            "action=\"",
            "src=\"",
            "href='",
            "action='",
            "src='",
        ];
        let in_page = in_page.iter().flat_map(|mark| {
            self.body.match_indices(mark).filter_map(|(at, mark)| {
                let rest = &self.body[at + mark.len()..];
                rest.split(['"', '\'']).next()
            })
        });
        let quoted = as_sent(&prefix);
        let leaves = |link: &&str| {
            let stays = link.starts_with(prefix.as_str()) || link.starts_with(&quoted);
            link.starts_with('/') && !link.starts_with("//") && !stays
        };
        let link = in_page.chain(location).find(leaves)?;
        if self.is_own_router() || self.is_of_others(link) {
            return None;
        }
        let in_header = location == Some(link);
        let message = format!(
            "the application is mounted at {prefix}, and a link leads to {link} without it"
        );
        let spot = self.case.trees().find_map(|(file, tree)| {
            self.case.budget().take(tree.index.texts().len());
            let literals = tree.at_all(tree.index.texts());
            let literals = literals.filter_map(|node| Some((node, node.expr()?)));
            let literals: Vec<(&Node<'_>, &Expr)> = literals.collect();
            let with = |sought: &str, in_pair: bool| {
                literals.iter().find_map(|(node, expr)| {
                    let pair = tree
                        .around(node)
                        .next()
                        .is_some_and(|it| matches!(it.expr(), Some(Expr::Tuple(_))));
                    let place = tree.source.code(*expr).find(sought)?;
                    if pair != in_pair {
                        return None;
                    }
                    let start = expr.range().start().to_usize() + place;
                    let number = tree.source.line_of(u32::try_from(start).ok()?.into());
                    let from = start - tree.source.start_of(number);
                    let span = tree.source.span_of_bytes(number, from, from + sought.len());
                    Some(Spot::of(file, span))
                })
            };
            let quoted = ["\"", "'"].map(|mark| format!("={mark}{link}{mark}"));
            let begun = ["=\"/", "='/"];
            with(link, in_header)
                .filter(|_| in_header)
                .or_else(|| quoted.iter().find_map(|it| with(it, false)))
                .or_else(|| begun.iter().find_map(|it| with(it, false)))
                .or_else(|| with(link, in_header))
        });
        Some(self.finding(Mistake::ScriptNameIgnored, message, spot))
    }
}

impl Look<'_, '_> {
    /// Whether the application took the prefix from the path itself, to find its way: it knows
    /// where it is.
    fn is_own_router(&self) -> bool {
        let ways = self.case.ways_of_returned();
        let Some(maker) = ways.last() else {
            return false;
        };
        // Another application made it.
        let is_handed_on = maker.expr.is_some_and(is_application_call);
        let Some(function) = maker.tree.function_at(maker.line).filter(|_| !is_handed_on) else {
            return false;
        };
        let around = maker.tree.class_around(function).unwrap_or(function);
        let mut inside = maker.tree.inside(around);
        inside.any(|node| node.called() == Some("shift_path_info"))
    }

    /// Whether a link leads to a page that others than the mounted application answer: its home, or
    /// a path that a function asks for that had no part in the body.
    fn is_of_others(&self, link: &str) -> bool {
        if link == "/" {
            return true;
        }
        let ways = self.case.ways_of_returned();
        self.case.trees().any(|(file, tree)| {
            let mut texts = tree.at_all(tree.index.literals(link));
            texts.any(|node| {
                let compared = tree
                    .around(node)
                    .take(2)
                    .any(|it| matches!(it.expr(), Some(Expr::Compare(_) | Expr::Dict(_))));
                let inner = ways.last().filter(|made| made.file == file);
                let inner = inner.and_then(|made| tree.index.function_at(made.line));
                compared && node.function != inner
            })
        })
    }
}

/// The last of these parts of the body that fits best.
fn spot_among<'a>(parts: &[Part<'a>], fits: impl Fn(&Part<'a>) -> Option<usize>) -> Option<Spot> {
    let mut best: Option<(usize, Spot)> = None;
    for part in parts {
        let Some(score) = fits(part) else { continue };
        // Of two that fit alike, one inside the other, the outer one is the expression.
        if best.as_ref().is_none_or(|(known, _)| *known < score) {
            best = Some((score, Spot::of(part.file, part.tree.span(&part.node))));
        }
    }
    best.map(|(_, spot)| spot)
}

/// Where a middleware mounted the application.
fn mounted(case: &Case<'_>) -> Option<String> {
    let mut prefix = None;
    for (_, kind) in case.run.kinds() {
        match kind {
            EventKind::StartResponse(started) if started.mounted.is_some() => {
                prefix.clone_from(&started.mounted);
            }
            EventKind::EnvironChanged { changes } if prefix.is_none() => {
                let change = changes.iter().find(|it| it.key == "SCRIPT_NAME");
                let value = change.and_then(|it| it.repr.as_deref());
                let value = value.map(|it| it.trim_matches(['\'', '"']).to_owned());
                prefix = value.filter(|it| !it.is_empty());
            }
            _ => {}
        }
    }
    prefix
}

/// The texts of a visitor's that an application might show.
fn sent_by_visitor(case: &Case<'_>) -> Vec<String> {
    let mut values: Vec<String> = case
        .run
        .fields()
        .iter()
        .flat_map(|(name, value)| [value.clone(), name.clone()])
        .collect();
    if let Some(request) = &case.exchange().now().request {
        let path = request.target.split('?').next().unwrap_or_default();
        let path = percent_decoded(path);
        let path = String::from_utf8_lossy(&path).into_owned();
        let parts = path.split('/').map(str::to_owned);
        values.extend(parts.collect::<Vec<_>>());
        let headers = request
            .headers
            .iter()
            .filter(|(name, _)| !matches!(name.to_ascii_lowercase().as_str(), "accept" | "host"));
        values.extend(headers.map(|(_, value)| value.clone()));
        if let Some((_, query)) = request.target.split_once('?') {
            values.push(query.to_owned());
        }
        if !request.body.kept.is_empty() {
            values.push(String::from_utf8_lossy(&request.body.kept).into_owned());
        }
    }
    values
}

/// What is put into a text: the values of an f-string, the parts of a sum, what is formatted or
/// joined.
pub fn parts_of(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Call(_) => match method(expr) {
            Some((_, "format" | "join" | "format_map" | "substitute" | "replace", call)) => {
                let keywords = call.arguments.keywords.iter().map(|it| &it.value);
                call.arguments.args.iter().chain(keywords).collect()
            }
            _ => Vec::new(),
        },
        _ => plain_parts(expr),
    }
}

/// The values of an f-string that are shown as `str()` shows them, and the parts of a sum.
fn plain_parts(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::FString(text) => {
            let shown = text.value.elements().filter_map(|element| match element {
                InterpolatedStringElement::Interpolation(it) => {
                    (!matches!(it.conversion, ruff_python_ast::ConversionFlag::Repr))
                        .then_some(&*it.expression)
                }
                InterpolatedStringElement::Literal(_) => None,
            });
            shown.collect()
        }
        Expr::BinOp(sum) if sum.op == Operator::Add => vec![&sum.left, &sum.right],
        Expr::BinOp(sum) if sum.op == Operator::Mod && !shows_repr(&sum.left) => {
            match &*sum.right {
                Expr::Tuple(tuple) => tuple.elts.iter().collect(),
                Expr::Dict(dict) => dict.items.iter().map(|it| &it.value).collect(),
                other => vec![other],
            }
        }
        _ => Vec::new(),
    }
}

/// Whether a text to be filled in, or the call that fills it in, asks for a repr: who does, wants
/// one.
fn shows_repr(expr: &Expr) -> bool {
    let text = match method(expr) {
        Some((text, "format", _)) => text,
        _ => expr,
    };
    literal(text).is_some_and(|it| {
        ["%r", "%a", "!r", "!a"]
            .iter()
            .any(|mark| it.contains(mark))
    })
}

/// Whether a call makes a visitor's value harmless, or makes something else of it.
pub fn makes_harmless(expr: &Expr, value: &str) -> bool {
    call(expr).is_some_and(|(call, called)| {
        // In an attribute a quotation mark is what matters.
        let keeps_quotes = call.arguments.find_keyword("quote").is_some();
        HARMLESS.contains(&called) && (!keeps_quotes || value.contains('<'))
    })
}

/// Whether an expression is a part of a framework's request object that holds what the visitor
/// sent.
fn is_of_request_object(expr: &Expr) -> bool {
    let Expr::Attribute(attribute) = expr else {
        return false;
    };
    let is_request = last_name(&attribute.value).is_some_and(|it| matches!(it, "request" | "req"));
    is_request && REQUEST_PARTS.contains(&attribute.attr.as_str())
}

/// Whether a value comes from the visitor, and nothing made it harmless.
pub fn is_visitors(tree: &Tree<'_>, expr: &Expr, value: &str) -> bool {
    comes_of(tree, expr, &|it| makes_harmless(it, value))
}

/// Whether a value comes from the visitor, where what `stop` says yes to is left out.
fn comes_of(tree: &Tree<'_>, expr: &Expr, stop: &dyn Fn(&Expr) -> bool) -> bool {
    let makings = tree.node_of(expr).map(|node| tree.makings(node, stop));
    makings.is_some_and(|it| it.into_iter().any(|it| is_sent(tree, it)))
}

/// Whether an expression itself gives what the visitor sent.
pub fn is_sent(tree: &Tree<'_>, expr: &Expr) -> bool {
    let reads = call(expr).is_some_and(|(_, called)| {
        let called = tree.imported(called);
        called == "read"
            || called == "readline"
            || called.starts_with("parse_qs")
            || called.starts_with("unquote")
    });
    let from_environ = look_up(expr).map(|it| it.key).is_some_and(|key| {
        matches!(
            key,
            "QUERY_STRING" | "PATH_INFO" | "wsgi.input" | "CONTENT_TYPE"
        ) || key.starts_with("HTTP_")
    });
    reads || from_environ || is_of_request_object(expr)
}

/// A path of environ's as it stands in an address: its bytes, those of latin-1 letters, with
/// percent signs.
fn as_sent(path: &str) -> String {
    let bytes = path.chars().map(|it| u8::try_from(it).unwrap_or(b'?'));
    let bytes: Vec<u8> = bytes.collect();
    percent_encoding::percent_encode(&bytes, percent_encoding::CONTROLS).to_string()
}

fn percent_decoded(path: &str) -> Vec<u8> {
    percent_encoding::percent_decode_str(path).collect()
}
