//! A scope and a filter of children, as conditions on `child c`.

use jiff::civil;

use super::sql::Sql;
use crate::{ChildFilter, Scope};

impl Sql {
    /// Adds the conditions of a scope: ` AND …`.
    pub(super) fn in_scope(&mut self, scope: &Scope) {
        if scope.also.is_empty() {
            return self.within(scope);
        }
        self.text(" AND ((1 = 1");
        self.within(scope);
        for other in &scope.also {
            self.text(") OR (1 = 1");
            self.within(other);
        }
        self.text("))");
    }

    fn within(&mut self, scope: &Scope) {
        self.subjects(scope);
        if !scope.everything {
            self.reached(scope);
        }
        self.unrestricted(scope);
        self.not_barred(scope);
    }

    fn subjects(&mut self, scope: &Scope) {
        if !scope.subjects.is_empty() {
            self.text(" AND c.subject IN ").list(&scope.subjects);
        }
    }

    // A union of three indexed sets, not three tests of each child: a worker's twenty children are found without
    // looking at everybody else's.
    fn reached(&mut self, scope: &Scope) {
        self.text(" AND c.id IN (SELECT id FROM child WHERE team IN ").list(&scope.teams);
        self.text(" UNION SELECT id FROM child WHERE id IN ").list(&scope.break_glass);
        if scope.own_circle && scope.person.is_some() {
            self.text(" UNION SELECT child FROM circle_member WHERE person = ").bind(&scope.person);
            if let Some(places) = &scope.places {
                self.text(" AND role IN ").list(places);
            }
            self.running_on(scope.today);
        }
        if scope.named && scope.person.is_some() {
            self.text(" UNION SELECT r.child FROM restricted_reader r JOIN child n ON n.id = r.child AND n.restricted");
            self.text(" WHERE r.person = ").bind(&scope.person);
            self.running_on(scope.today);
        }
        self.text(")");
    }

    fn not_barred(&mut self, scope: &Scope) {
        if !scope.barred.is_empty() && scope.person.is_some() {
            self.text(" AND c.id NOT IN (SELECT child FROM circle_member WHERE person = ")
                .bind(&scope.person);
            self.text(" AND role IN ").list(&scope.barred);
            self.running_on(scope.today);
            self.text(")");
        }
    }

    /// Adds the part that no other right beats: a restricted child is there only for those who are named.
    fn unrestricted(&mut self, scope: &Scope) {
        self.text(" AND (NOT c.restricted");
        if scope.person.is_some() {
            self.text(" OR c.id IN (SELECT child FROM restricted_reader WHERE person = ").bind(&scope.person);
            self.running_on(scope.today);
            self.text(")");
        }
        if scope.own_restricted && scope.person.is_some() {
            self.text(" OR c.id IN (SELECT child FROM circle_member WHERE person = ").bind(&scope.person);
            self.text(" AND role = 'young_person'");
            self.running_on(scope.today);
            self.text(")");
        }
        if scope.past_restriction && !scope.break_glass.is_empty() {
            self.text(" OR c.id IN ").list(&scope.break_glass);
        }
        self.text(")");
    }

    fn running_on(&mut self, today: civil::Date) {
        self.text(" AND from_on <= ")
            .bind(&today)
            .text(" AND (to_on IS NULL OR to_on > ")
            .bind(&today)
            .text(")");
    }

    /// Adds the conditions of a filter: ` AND …`.
    pub(super) fn narrowed(&mut self, filter: &ChildFilter, today: civil::Date) {
        if !filter.teams.is_empty() {
            self.text(" AND c.team IN ").list(&filter.teams);
        }
        if filter.without_team {
            self.text(" AND c.team IS NULL");
        }
        if !filter.locations.is_empty() {
            self.text(" AND c.location IN ").list(&filter.locations);
        }
        if let Some(looked_after) = &filter.looked_after {
            self.text(" AND c.looked_after = ").bind(looked_after);
        }
        for (text, wanted) in [
            (" AND c.leaver_category = ", &filter.leaver_category),
            (" AND c.legal_status = ", &filter.legal_status),
            (" AND c.placement_type = ", &filter.placement_type),
            (" AND c.location = ", &filter.location),
        ] {
            if let Some(wanted) = wanted {
                self.text(text).bind(wanted);
            }
        }
        if let Some(key_worker) = &filter.key_worker {
            self.text(" AND c.key_worker = ").bind(key_worker);
        }
        if let Some(day) = &filter.born_from {
            self.text(" AND c.born >= ").bind(day);
        }
        if let Some(day) = &filter.born_before {
            self.text(" AND c.born < ").bind(day);
        }
        if let Some(person) = &filter.circle_of {
            self.text(" AND c.id IN (SELECT child FROM circle_member WHERE person = ").bind(person);
            self.running_on(today);
            self.text(")");
        }
    }
}
