//! What key workers were asked to put right for the statutory return.

use kinfold_store::testing::both;
use kinfold_store::*;

use crate::rows::{at, child, council, day, id};

#[tokio::test]
async fn a_later_asking_stands_and_whoever_is_key_worker_finds_it() {
    for db in both().await {
        council(&db.store).await;
        let mut unit = db.store.write().await.unwrap();
        unit.insert_children(&[child(1, "Robin Wren"), child(2, "Jay Finch")]).await.unwrap();
        let ask = |n: u128, year: i64, rule: &str, seconds: i64| ReturnAskRow {
            child: id(n),
            year,
            rule: rule.to_owned(),
            asked_by: id(10),
            asked_of: id(11),
            asked_at: at(seconds),
        };
        unit.save_return_asks(&[ask(1, 2026, "501", 1), ask(1, 2026, "101", 2), ask(2, 2027, "501", 3)])
            .await
            .unwrap();
        unit.save_return_asks(&[ask(1, 2026, "501", 9)]).await.unwrap();
        let of_one = [ask(1, 2026, "101", 2), ask(1, 2026, "501", 9)];
        assert_eq!(unit.return_asks(id(1)).await.unwrap(), of_one, "{}", db.name);
        assert_eq!(unit.return_asks_of_year(2026).await.unwrap(), of_one);
        assert_eq!(unit.return_asks_of_year(2025).await.unwrap(), []);

        let place = |n: u128, person: u128, key_worker: bool, to: Option<i8>| CircleMemberRow {
            child: id(n),
            person: id(person),
            role: "social_worker".to_owned(),
            key_worker,
            from_on: day(1),
            to_on: to.map(day),
        };
        unit.replace_circle(id(1), &[place(1, 10, true, Some(2)), place(1, 11, false, None)]).await.unwrap();
        unit.replace_circle(id(2), &[place(2, 10, true, None)]).await.unwrap();
        let on_the_first = unit.return_asks_for(id(10), day(1)).await.unwrap();
        let order = [ask(1, 2026, "101", 2), ask(2, 2027, "501", 3), ask(1, 2026, "501", 9)];
        assert_eq!(on_the_first, order, "{}: the oldest first", db.name);
        assert_eq!(unit.return_asks_for(id(10), day(2)).await.unwrap(), [ask(2, 2027, "501", 3)]);
        assert_eq!(unit.return_asks_for(id(11), day(1)).await.unwrap(), [], "no key worker");
    }
}
