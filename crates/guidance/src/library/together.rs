//! All items of a folder beside each other.

use super::{Head, Headed, Library};
use crate::layer::{Layer, LayerName};
use crate::mistake::{Mistake, position};
use crate::table::hint;

/// A mistake in the file of `head`, where `wanted` first stands in it (else at its first line).
pub(crate) fn spot(
    layers: &[Layer],
    head: &Head,
    wanted: &str,
    message: String,
    hint: Option<String>,
) -> Mistake {
    let layer = layers.iter().find(|l| l.name == head.origin.layer);
    let file = layer.and_then(|l| l.files.iter().find(|f| f.path == head.origin.file));
    let text = file.map(|f| f.text.as_str()).unwrap_or_default();
    let (line, column) = position(text, text.find(wanted).unwrap_or(0));
    let label = layer.map_or_else(|| head.origin.file.clone(), |l| l.label(&head.origin.file));
    Mistake { file: label, line, column, message, hint }
}

/// Checks that versions follow each other, and that a council replaces only what is there, once.
pub(crate) fn together<T: Headed>(library: &Library<T>, layers: &[Layer], mistakes: &mut Vec<Mistake>) {
    let what = T::WORD;
    let mut wrong = |head: &Head, key: &str, message: String, hint: Option<String>| {
        mistakes.push(spot(layers, head, &format!("{key} ="), message, hint));
    };
    for pair in library.list.windows(2) {
        let [a, b] = pair else { continue };
        let (a, b) = (a.head(), b.head());
        if a.id != b.id {
            continue;
        }
        if a.version == b.version {
            let message = format!("{} version {} is also in {}", b.id, b.version, a.origin.file);
            wrong(b, "version", message, Some("Give the newer one the next version.".into()));
        } else if a.effective_to.is_some_and(|to| b.effective_from < to)
            || b.effective_from <= a.effective_from
        {
            let message = format!(
                "version {} of {} starts on {}, while version {} still holds",
                b.version, b.id, b.effective_from, a.version
            );
            let hint = "A later version starts after the one before it, and ends it.".to_owned();
            wrong(b, "effective_from", message, Some(hint));
        }
    }
    let heads = || library.list.iter().map(Headed::head);
    for head in heads() {
        let Some(supersedes) = &head.supersedes else { continue };
        let national = || heads().filter(|h| h.origin.layer == LayerName::National);
        if !national().any(|h| h.id == supersedes.rule) {
            let near = hint(&supersedes.rule, national().map(|h| h.id.as_str()));
            let message =
                format!("there is no national {what} \"{}\" to use this one instead of", supersedes.rule);
            wrong(head, "supersedes", message, near);
        }
        let other = heads()
            .find(|o| o.id < head.id && o.supersedes.as_ref().is_some_and(|s| s.rule == supersedes.rule));
        if let Some(other) = other {
            let message = format!("\"{}\" is replaced by {} already", supersedes.rule, other.id);
            let hint = format!("One local {what} may replace a national one.");
            wrong(head, "supersedes", message, Some(hint));
        }
    }
}
