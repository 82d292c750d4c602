//! The story of the store: each part is told on SQLite and on PostgreSQL, and must end the same.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod accounts;
mod audit;
mod authority;
mod backup;
mod board;
mod children;
mod circle;
mod durability;
mod entries;
mod forms;
mod opening;
mod return_asks;
mod scopes;
mod small;
mod small_kept;
mod surveys;
mod work;

/// Rows with nothing special about them, for stories to change what matters to them.
mod rows {
    use jiff::{Timestamp, civil};
    use kinfold_store::*;
    use uuid::Uuid;

    /// An id that is the same each time.
    pub fn id(n: u128) -> Uuid {
        Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n)
    }

    /// An instant so many seconds after noon on 2 March 2026.
    pub fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_772_452_800 + seconds).unwrap()
    }

    /// A day of March 2026.
    pub fn day(n: i8) -> civil::Date {
        civil::date(2026, 3, n)
    }

    pub fn person(n: u128, name: &str) -> PersonRow {
        PersonRow {
            id: id(n),
            name: name.to_owned(),
            email: format!("{}@example.org", name.to_lowercase().replace(' ', ".")),
            phone: None,
            password_hash: None,
            totp_secret: None,
            totp_last_step: None,
            disabled_at: None,
            created_at: at(0),
            version: 1,
        }
    }

    pub fn team(n: u128, name: &str) -> TeamRow {
        TeamRow {
            id: id(n),
            name: name.to_owned(),
            agency: id(1),
            parent: None,
            manager: None,
            kind: "care".to_owned(),
            version: 1,
        }
    }

    pub fn child(n: u128, name: &str) -> ChildRow {
        ChildRow {
            id: id(n),
            subject: SubjectKind::Child,
            reference: format!("K{n}"),
            team: None,
            version: 0,
            restricted: false,
            created_at: at(0),
            projection: Projection {
                name: name.to_owned(),
                sort_name: name.to_lowercase(),
                born: Some(civil::date(2014, 5, 6)),
                looked_after: true,
                leaver_category: None,
                legal_status: Some("C2".to_owned()),
                placement_type: Some("U6".to_owned()),
                location: Some("in".to_owned()),
                in_care_since: Some(day(1)),
                key_worker: None,
                next_change: None,
                entries: 0,
                digest: i64::MIN,
                projection_version: 1,
                timeline: vec![1, 2, 3],
                duties: Vec::new(),
            },
        }
    }

    pub fn place(child: u128, person: u128, role: &str) -> CircleMemberRow {
        CircleMemberRow {
            child: id(child),
            person: id(person),
            role: role.to_owned(),
            key_worker: false,
            from_on: day(1),
            to_on: None,
        }
    }

    pub fn duty(child: u128, rule: &str, due: i8) -> DutyRow {
        DutyRow {
            child: id(child),
            rule: rule.to_owned(),
            rule_version: "1".to_owned(),
            occurrence: "1".to_owned(),
            title: format!("{rule} is owed"),
            strand: "care".to_owned(),
            state: DutyState::Open,
            opens_on: day(1),
            due_on: day(due),
            due_at: None,
            closed_on: None,
            days_late: None,
            owner_role: "social_worker".to_owned(),
            owner_person: None,
            team: None,
            rung: 0,
            escalated_at: None,
            stuck_step: None,
        }
    }

    pub fn entry(n: u128, child: u128) -> EntryRow {
        EntryRow {
            seq: 0,
            id: id(n),
            child: id(child),
            kind: "note".to_owned(),
            happened_on: day(2),
            happened_at: Some(civil::time(9, 41, 7, 0)),
            recorded_at: at(i64::try_from(n).unwrap()),
            recorded_by: Some(id(10)),
            source: None,
            sensitivity: "ordinary".to_owned(),
            replaces: None,
            import_run: None,
            body: format!("{{\"n\":{n}}}"),
        }
    }

    pub fn audit(n: u8) -> NewAudit {
        NewAudit {
            at: at(n.into()),
            person: Some(id(10)),
            session: Some("s1".to_owned()),
            action: "view".to_owned(),
            child: Some(id(100)),
            purpose: "care".to_owned(),
            allowed: true,
            detail: "{}".to_owned(),
            leaf: [n; 32],
        }
    }

    /// For tests that are about something else than what seals a line.
    pub fn leaf_as_it_is(_: i64, row: &NewAudit) -> [u8; 32] {
        row.leaf
    }

    /// An agency (1), two teams (2 North, 3 South), three people (10 Ada, 11 Ben, 12 Cy).
    pub async fn council(store: &Store) {
        let mut unit = store.write().await.unwrap();
        let agency =
            AgencyRow { id: id(1), name: "Fernshire".to_owned(), kind: "council".to_owned(), version: 1 };
        unit.insert_agencies(&[agency]).await.unwrap();
        unit.insert_people(&[person(10, "Ada Moss"), person(11, "Ben Reed"), person(12, "Cy Fern")])
            .await
            .unwrap();
        unit.insert_teams(&[team(2, "North"), team(3, "South")]).await.unwrap();
        unit.commit().await.unwrap();
    }

    pub fn everything() -> Scope {
        Scope { everything: true, ..Scope::nothing(Some(id(10)), day(10)) }
    }
}
