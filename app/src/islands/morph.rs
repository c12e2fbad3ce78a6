//! Sets new markup into elements that are there: the same nodes take the new values, so that focus,
//! scrolling and what was unfolded stay as they are.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlTemplateElement, Node};

/// The element that a piece of markup describes.
pub(super) fn parse(document: &Document, html: &str) -> Option<Element> {
    let template: HtmlTemplateElement =
        document.create_element("template").ok()?.dyn_into().ok()?;
    // A piece of a drawing is one only within a drawing.
    let drawn = html.starts_with("<g");
    match drawn {
        true => template.set_inner_html(&format!("<svg>{html}</svg>")),
        false => template.set_inner_html(html),
    }
    let first = template.content().first_element_child()?;
    if drawn { first.first_element_child() } else { Some(first) }
}

/// Makes the old element what the new one is.
pub(super) fn morph(old: &Element, new: &Element) {
    // Islands keep themselves.
    if old.local_name() == "leptos-island" {
        return;
    }
    attributes(old, new);
    let (before, after) = (children(old), children(new));
    for (at, new) in after.iter().enumerate() {
        match before.get(at) {
            Some(old) => set(old, new),
            None => {
                let _ = old.append_child(new);
            }
        }
    }
    for gone in before.iter().skip(after.len()) {
        let _ = old.remove_child(gone);
    }
}

fn set(old: &Node, new: &Node) {
    if let (Some(before), Some(after)) = (old.dyn_ref::<Element>(), new.dyn_ref::<Element>()) {
        if before.local_name() == after.local_name() && before.id() == after.id() {
            return morph(before, after);
        }
    } else if old.node_type() == new.node_type() {
        if old.node_value() != new.node_value() {
            old.set_node_value(new.node_value().as_deref());
        }
        return;
    }
    if let Some(parent) = old.parent_node() {
        let _ = parent.replace_child(new, old);
    }
}

/// All but comments, which only mark places for the islands.
fn children(of: &Element) -> Vec<Node> {
    let list = of.child_nodes();
    let all = (0..list.length()).filter_map(|at| list.item(at));
    all.filter(|node| node.node_type() != Node::COMMENT_NODE).collect()
}

fn attributes(old: &Element, new: &Element) {
    for name in new.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        let value = new.get_attribute(&name).unwrap_or_default();
        if old.get_attribute(&name).as_deref() != Some(&value) {
            let _ = old.set_attribute(&name, &value);
        }
    }
    for name in old.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        // What the reader unfolded stays so, and the picture that is shown.
        if !["open", "data-shown"].contains(&name.as_str()) && !new.has_attribute(&name) {
            let _ = old.remove_attribute(&name);
        }
    }
}
