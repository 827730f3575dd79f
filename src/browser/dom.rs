//! Looks at the tree the HTML parser made. A page may be hostile: nothing here is done before the
//! tree is known to be of a reasonable depth and size.

use html2text::{Element, Handle, RcDom, config};

use super::error::PageError;

/// Elements inside one another, and all nodes, of a page that is shown. Browsers stop at 512 and at
/// nothing; pages written by people have a few dozen, and a few thousand.
const MAX_DEPTH: usize = 200;
const MAX_NODES: usize = 100_000;

/// Whether the tree can be walked and laid out with a bounded stack and in bounded time.
pub fn check(dom: &RcDom) -> Result<(), PageError> {
    let mut nodes = vec![(dom.document.clone(), 0)];
    let mut count = 0;
    while let Some((node, depth)) = nodes.pop() {
        count += 1;
        if depth > MAX_DEPTH {
            return Err(PageError::TooDeep(MAX_DEPTH));
        }
        if count > MAX_NODES {
            return Err(PageError::TooLarge(MAX_NODES));
        }
        let children = node.children.borrow();
        nodes.extend(children.iter().map(|child| (child.clone(), depth + 1)));
    }
    Ok(())
}

/// The element's name, empty for anything else.
pub fn name(node: &Handle) -> String {
    node.element_name().unwrap_or_default()
}

/// The value of an element's attribute.
pub fn attribute(node: &Handle, wanted: &str) -> Option<String> {
    let Element { attrs, .. } = &node.data else {
        return None;
    };
    let attrs = attrs.borrow();
    let found = attrs.iter().find(|attr| &*attr.name.local == wanted)?;
    Some(found.value.to_string())
}

/// Sets an attribute the element has.
pub fn set_attribute(node: &Handle, wanted: &str, value: &str) {
    let Element { attrs, .. } = &node.data else {
        return;
    };
    for attr in attrs.borrow_mut().iter_mut() {
        if &*attr.name.local == wanted {
            attr.value = value.into();
        }
    }
}

/// All elements inside `node`, in the order they begin.
pub fn elements(node: &Handle) -> Vec<Handle> {
    let mut found = Vec::new();
    collect(node, &mut found);
    found
}

fn collect(node: &Handle, found: &mut Vec<Handle>) {
    for child in node.children.borrow().iter() {
        if matches!(child.data, Element { .. }) {
            found.push(child.clone());
        }
        collect(child, found);
    }
}

/// The text that stands right inside an element, as `<title>` or `<option>` have one.
pub fn text(node: &Handle) -> String {
    let mut bytes = Vec::new();
    for child in node.children.borrow().iter() {
        if !matches!(child.data, Element { .. } | html2text::Comment { .. }) {
            // Writing to memory cannot fail.
            let _ = child.serialize(&mut bytes);
        }
    }
    // The tree gives a text out only as it stands in HTML, where exactly these are escaped.
    String::from_utf8_lossy(&bytes)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

/// A text with the spaces at its ends and repeated ones taken out.
pub fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A piece of a tree for this HTML: the first thing in its body.
pub fn piece(html: &str) -> Option<Handle> {
    let dom = config::plain_no_decorate()
        .parse_html(html.as_bytes())
        .ok()?;
    let all = elements(&dom.document);
    let body = all.iter().find(|node| name(node) == "body")?;
    body.children.borrow_mut().pop()
}

/// A text as a piece of a tree.
pub fn text_piece(text: &str) -> Option<Handle> {
    piece(&text.replace('&', "&amp;").replace('<', "&lt;"))
}
