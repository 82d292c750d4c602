use super::*;

fn page() -> Page {
    Page {
        title: "My work".into(),
        authority: "Fernshire".into(),
        who: Some(SignedIn {
            name: "Amina <Yusuf>".into(),
            role: "Social worker".into(),
            role_href: Some("/help/social_worker".into()),
            account_href: "/account".into(),
        }),
        nav: vec![
            NavItem::new("My work", "/work").here(Here::Page).count(4, "late"),
            NavItem::new("Children", "/children"),
        ],
        csrf: "t\"k".into(),
        quick_search: Some("/search".into()),
        demo: true,
        assets: Assets {
            css: "/a/k.css".into(),
            js: Some("/a/k.js".into()),
            fonts: vec!["/a/f.woff2".into()],
            icon: None,
            licences: Some("/a/licences.txt".into()),
        },
        ..Page::default()
    }
}

fn drawn(page: &Page) -> String {
    page.render(&html! { h1 { "My work" } }).into_string()
}

#[test]
fn the_document_has_its_landmarks_in_order() {
    let text = drawn(&page());
    let mut at = 0;
    for part in [
        "<!DOCTYPE html><html lang=\"en-GB\" class=\"govuk-template\">",
        "<title>My work – Kinfold</title>",
        "<link rel=\"stylesheet\" href=\"/a/k.css\">",
        "<script type=\"module\" src=\"/a/k.js\"></script>",
        "<body class=\"govuk-template__body kf-desk\">",
        "href=\"#main-content\"",
        "<header class=\"govuk-template__header kf-header\">",
        "aria-label=\"Menu\"",
        "<main class=\"govuk-main-wrapper\" id=\"main-content\">",
        "<h1>My work</h1>",
        "<footer class=\"govuk-template__footer kf-footer\">",
    ] {
        at += text[at..].find(part).unwrap_or_else(|| panic!("{part} missing or out of order in {text}"));
    }
}

#[test]
fn an_error_is_the_first_word_of_the_title() {
    let page = Page { has_errors: true, ..page() };
    assert_eq!(page.full_title(), "Error: My work – Kinfold");
}

#[test]
fn everything_typed_by_people_is_escaped() {
    let text = drawn(&page());
    assert!(text.contains("Amina &lt;Yusuf&gt;"));
    assert!(text.contains("value=\"t&quot;k\""));
}

#[test]
fn search_posts_so_that_no_name_stands_in_an_address() {
    let text = drawn(&page());
    let form = text.split("<form").find(|f| f.contains("/search")).expect("a search form");
    assert!(form.contains("method=\"post\"") && form.contains("name=\"csrf\""));
}

#[test]
fn nobody_signed_in_means_nothing_to_sign_out_of() {
    let text = drawn(&Page { who: None, ..page() });
    assert!(!text.contains("/sign-out") && !text.contains("kf-account"));
    assert!(!text.contains("action=\"/search\""), "no search before sign-in");
}

#[test]
fn no_inline_style_script_or_handler() {
    let text = drawn(&page());
    assert!(!text.contains("style=\"") && !text.contains("onclick") && !text.contains("<script>"));
}

#[test]
fn the_demo_says_so_and_a_real_council_does_not() {
    assert!(drawn(&page()).contains("kf-demo"));
    assert!(!drawn(&Page { demo: false, ..page() }).contains("kf-demo"));
}

#[test]
fn current_item_and_count_are_told_in_words() {
    let text = drawn(&page());
    assert!(text.contains("href=\"/work\" aria-current=\"page\""));
    assert!(text.contains("<span class=\"govuk-visually-hidden\">(4 late)</span>"));
    assert!(!text.contains("href=\"/children\" aria-current"));
}

#[test]
fn every_page_leads_to_its_source_and_to_the_licences_of_what_came_from_others() {
    for text in [drawn(&page()), drawn(&Page { who: None, ..page() })] {
        let (_, footer) = text.split_once("<footer").expect("a footer");
        assert!(
            footer.contains("href=\"/source\"") && footer.contains("href=\"/a/licences.txt\">Licences</a>")
        );
    }
}
