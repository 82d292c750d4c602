//! The board's filters as they stand in an address. They never hold anything from which a child could be guessed.

use kinfold_casework::board::{AGE_BANDS, BoardAsk, BoardState, Extent, Order};
use kinfold_look::form::FormState;

/// Names that an address may carry, in the order they are written.
const NAMES: [&str; 13] = [
    "extent",
    "team",
    "age",
    "placement",
    "area",
    "status",
    "strand",
    "role",
    "group",
    "rule",
    "state",
    "step",
    "closed",
];

/// Orders of the list and their names.
const ORDERS: [(&str, Order); 4] =
    [("due", Order::Urgent), ("due-last", Order::DueLast), ("child", Order::Child), ("duty", Order::Duty)];

/// What an address asks for. Values that mean nothing are left out, as an old bookmark may hold them.
pub(super) fn read(query: &FormState) -> BoardAsk {
    let text = |name: &str| Some(query.value(name).to_owned()).filter(|v| !v.is_empty() && v.len() <= 64);
    BoardAsk {
        extent: if query.value("extent") == "mine" { Extent::MyTeams } else { Extent::Authority },
        team: match query.value("team") {
            "" => None,
            "none" => Some(None),
            id => id.parse().ok().map(Some),
        },
        age: AGE_BANDS.into_iter().find(|band| band.code == query.value("age")),
        placement_type: text("placement"),
        location: text("area"),
        legal_status: text("status"),
        strand: text("strand"),
        owner_role: text("role"),
        group: text("group"),
        rule: text("rule"),
        state: BoardState::parse(query.value("state")),
        step: text("step"),
        closed: query.value("closed") == "yes",
        order: order(query.value("order")).unwrap_or_default(),
    }
}

fn order(name: &str) -> Option<Order> {
    ORDERS.iter().find(|(n, _)| *n == name).map(|(_, order)| *order)
}

/// The name of an order.
pub(super) fn order_name(order: Order) -> &'static str {
    ORDERS.iter().find(|(_, o)| *o == order).map_or("due", |(name, _)| name)
}

/// An address of the board that carries the filters of this one, with some of them changed; empty takes one out.
pub(super) fn address(path: &str, query: &FormState, changed: &[(&str, &str)]) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    let mut any = false;
    let mut put = |name: &str, value: &str| {
        if !value.is_empty() && value.len() <= 64 {
            out.append_pair(name, value);
            any = true;
        }
    };
    for name in NAMES {
        let value = changed.iter().find(|(n, _)| *n == name).map_or_else(|| query.value(name), |(_, v)| *v);
        put(name, value);
    }
    for (name, value) in changed.iter().filter(|(n, _)| !NAMES.contains(n)) {
        put(name, value);
    }
    if any { format!("{path}?{}", out.finish()) } else { path.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_filters_and_takes_one_out() {
        let query = FormState::new().with("team", "none").with("state", "late").with("evil", "x");
        assert_eq!(address("/board/list", &query, &[("state", "")]), "/board/list?team=none");
        assert_eq!(
            address("/board/list", &query, &[("page", "2")]),
            "/board/list?team=none&state=late&page=2"
        );
        assert_eq!(address("/board", &FormState::new(), &[]), "/board");
    }

    #[test]
    fn nonsense_in_an_address_narrows_nothing() {
        let query =
            FormState::new().with("team", "zz").with("age", "old").with("state", "?").with("order", "up");
        assert_eq!(read(&query), BoardAsk::default());
    }
}
