//! Parts of the child's pages: faces, tiles, pictures.

use kinfold_casework::me::OwnFile;
use kinfold_look::form::FormState;
use kinfold_look::{Markup, html};

use super::words;

/// The mouth of a face, as a path.
fn mouth(feeling: &str) -> &'static str {
    match feeling {
        "great" => "M12 28 Q24 44 36 28 Z",
        "good" => "M14 30 Q24 38 34 30",
        "okay" => "M14 32 L34 32",
        "low" => "M14 35 Q24 28 34 35",
        _ => "M13 38 Q24 24 35 38",
    }
}

/// A face for a feeling. The word stands beside it.
pub(super) fn face(feeling: &str) -> Markup {
    html! {
        svg class="kf-face" viewBox="0 0 48 48" width="44" height="44" aria-hidden="true" focusable="false" {
            circle class="kf-face__head" cx="24" cy="24" r="22" {}
            circle class="kf-face__eye" cx="17" cy="19" r="3" {}
            circle class="kf-face__eye" cx="31" cy="19" r="3" {}
            path class="kf-face__mouth" d=(mouth(feeling)) {}
        }
    }
}

/// The scale of feelings, to choose one or none.
pub(super) fn faces(form: &FormState) -> Markup {
    scale("feeling", "How do you feel?", &words::FEELINGS.map(|code| (code, code)), form)
}

/// The same faces for a question that is answered from 5, the best, to 1.
pub(super) fn faces_of_five(name: &str, legend: &str, form: &FormState) -> Markup {
    let values = ["5", "4", "3", "2", "1"];
    let faces: Vec<(&str, &str)> = values.into_iter().zip(words::FEELINGS).collect();
    scale(name, legend, &faces, form)
}

/// Faces with their words: what each is sent as, and the feeling it shows.
fn scale(name: &str, legend: &str, faces: &[(&str, &str)], form: &FormState) -> Markup {
    let wrong = form.error_of(name);
    html! {
        div class=(if wrong.is_some() { "govuk-form-group govuk-form-group--error" } else { "govuk-form-group" }) {
            fieldset class="govuk-fieldset" {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--m" { (legend) }
                @if let Some(error) = wrong {
                    p class="govuk-error-message" id=(format!("{name}-error")) { span class="govuk-visually-hidden" { "Error: " } (error) }
                }
                div class="kf-faces" {
                    @for (at, (value, feeling)) in faces.iter().enumerate() {
                        @let id = if at == 0 { name.to_owned() } else { format!("{name}-{}", at + 1) };
                        div class="kf-faces__one" {
                            input class="kf-faces__input" type="radio" name=(name) id=(id) value=(value) checked[form.value(name) == *value];
                            label class="kf-faces__label" for=(id) { (face(feeling)) span { (words::feeling(feeling)) } }
                        }
                    }
                }
            }
        }
    }
}

/// One way on, as a large tile.
pub(super) fn tile(href: &str, title: &str, hint: &str) -> Markup {
    html! {
        li class="kf-tile" {
            a class="kf-tile__link" href=(href) { (title) }
            @if !hint.is_empty() { p class="kf-tile__hint" { (hint) } }
        }
    }
}

/// Pictures and recordings. `href` gives the address of one; `after` stands below each.
pub(super) fn files(
    files: &[OwnFile],
    href: impl Fn(&OwnFile) -> String,
    after: impl Fn(&OwnFile) -> Markup,
) -> Markup {
    html! {
        @if !files.is_empty() {
            ul class="kf-files" {
                @for (at, file) in files.iter().enumerate() {
                    @let what = if file.recording { "Recording" } else { "Picture" };
                    li class="kf-files__one" {
                        @if file.recording {
                            audio class="kf-files__sound" controls preload="none" src=(href(file)) aria-label=(format!("{what} {}", at + 1)) {}
                        } @else {
                            img class="kf-files__picture" src=(href(file)) alt=(format!("{what} {}", at + 1));
                        }
                        p class="govuk-body" { a class="govuk-link" href=(href(file)) { "Save " (what.to_lowercase()) " " (at + 1) } }
                        (after(file))
                    }
                }
            }
        }
    }
}

/// What the child typed, as it was typed.
pub(super) fn own_words(text: &str) -> Markup {
    html! { blockquote class="kf-own-words" { @for line in text.lines() { (line) br; } } }
}
