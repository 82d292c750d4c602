//! Whose work lies with no child is led to the places where it lies.

use crate::support::people::everybody;
use crate::support::{Council, Tie};
use kinfold_access::Role;
use kinfold_store::testing;

const EMPTY: &str = "No children yet";
const PLACES: &str = "Where your work is";

#[tokio::test(flavor = "multi_thread")]
async fn a_councillor_is_led_to_places_and_not_to_lists_that_stay_empty() {
    let people = everybody().into_iter().filter(|p| p.tie == Tie::Nobody);
    let council = Council::open(testing::sqlite().await, people.collect(), 2).await;
    for role in [
        Role::Councillor,
        Role::PanelClerk,
        Role::PartnershipLead,
        Role::Commissioner,
        Role::Administrator,
        Role::DataProtectionOfficer,
    ] {
        let mut browser = council.sign_in(role, Tie::Nobody).await;
        let home = browser.get("/").await.body;
        assert!(home.contains(PLACES) && !home.contains(EMPTY), "{role:?}: {home}");
        let main = home.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>")).unwrap().0;
        let cards: Vec<&str> = main.split("kf-card__title").skip(1).collect();
        assert!(!cards.is_empty(), "{role:?}");
        for card in cards {
            let place = card.split_once("href=\"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
            assert!(!card.contains("<p class=\"govuk-body\"></p>"), "{place}: nothing says what is there");
            assert!(browser.get(place).await.status.is_success(), "{role:?}: {place}");
        }
    }
    // Whoever works with children sees their own lists, empty or not.
    let worker = council.sign_in(Role::SocialWorker, Tie::Nobody).await.get("/").await.body;
    assert!(worker.contains(EMPTY) && !worker.contains(PLACES), "{worker}");
}
