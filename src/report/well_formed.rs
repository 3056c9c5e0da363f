//! Reads pages for tests, strictly: what a browser would forgive is an error here.

/// An opening tag.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

/// Elements that have no end.
const VOID: &[&str] = &["meta", "br"];

/// The opening tags of a page in which every tag is closed, in order, and every
/// attribute quoted.
pub(crate) fn tags(page: &str) -> Result<Vec<Tag>, String> {
    let mut rest = page
        .strip_prefix("<!doctype html>")
        .ok_or("it does not begin as a page")?;
    let (mut open, mut tags) = (Vec::new(), Vec::new());
    while let Some(start) = rest.find('<') {
        bare(&rest[..start])?;
        rest = &rest[start + 1..];
        if let Some(name) = rest.strip_prefix('/') {
            let end = name.find('>').ok_or("a tag has no end")?;
            let last: Option<String> = open.pop();
            if last.as_deref() != Some(&name[..end]) {
                return Err(format!("</{}> ends {last:?}", &name[..end]));
            }
            rest = &name[end + 1..];
            continue;
        }
        let (tag, closed, after) = tag(rest)?;
        rest = after;
        if tag.name == "style" {
            let end = rest.find("</style>").ok_or("the style has no end")?;
            rest = &rest[end..];
        }
        if !closed && !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name.clone());
        }
        tags.push(tag);
    }
    bare(rest)?;
    match open.pop() {
        None => Ok(tags),
        Some(name) => Err(format!("<{name}> has no end")),
    }
}

/// One opening tag after its `<`, whether it closes itself, and what follows.
fn tag(text: &str) -> Result<(Tag, bool, &str), String> {
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let end = text.find(|c| !letters(c)).ok_or("a tag has no end")?;
    let name = text[..end].to_owned();
    if name.is_empty() {
        let near: String = text.chars().take(40).collect();
        return Err(format!("a < that is no tag: {near}"));
    }
    let (mut attributes, mut rest) = (Vec::new(), &text[end..]);
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            return Ok((Tag { name, attributes }, false, after));
        }
        if let Some(after) = rest.strip_prefix("/>") {
            return Ok((Tag { name, attributes }, true, after));
        }
        let pair = rest
            .strip_prefix(' ')
            .ok_or_else(|| format!("<{name}: {}", rest.chars().take(40).collect::<String>()))?;
        let (key, value) = pair.split_once("=\"").ok_or("an attribute has no value")?;
        if key.is_empty() || !key.chars().all(letters) {
            return Err(format!("<{name} {key}="));
        }
        let end = value.find('"').ok_or("an attribute has no end")?;
        bare(&value[..end])?;
        attributes.push((key.to_owned(), value[..end].to_owned()));
        rest = &value[end + 1..];
    }
}

/// Text between tags: every `&` begins an entity, no `>` stands alone.
fn bare(text: &str) -> Result<(), String> {
    for (at, _) in text.match_indices('&') {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
        if !known.iter().any(|entity| text[at..].starts_with(entity)) {
            return Err(format!("an & alone in {text:?}"));
        }
    }
    match text.contains('>') {
        true => Err(format!("a > alone in {text:?}")),
        false => Ok(()),
    }
}

/// What a reader sees, without the tags.
pub(crate) fn text_of(page: &str) -> String {
    let body = page.split_once("</head>").map_or(page, |(_, body)| body);
    let mut text = String::new();
    for part in body.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    for (entity, c) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, c);
    }
    text
}

#[test]
fn what_is_wrong_is_found() {
    assert_eq!(
        tags("<!doctype html><p class=\"a\">x &amp; y</p>")
            .unwrap()
            .len(),
        1
    );
    for wrong in [
        "<!doctype html><p>",
        "<!doctype html><p></b>",
        "<!doctype html><p>a & b</p>",
        "<!doctype html><p onclick=x></p>",
        "<!doctype html>a < b",
        "<p></p>",
    ] {
        assert!(tags(wrong).is_err(), "{wrong}");
    }
}
