//! What closes a link to somebody outside besides its day: their place in the child's circle ends, their account is switched
//! off, or the record is restricted after they were asked. Whoever is asked anew afterwards gets a new link, and that holds.

use kinfold_record::{ChildId, Entry, Event, Membership};
use kinfold_store::{FormLinkRow, Unit};
use smol_str::format_smolstr;
use uuid::Uuid;

use crate::clock::day;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::project::decode_timeline;
use crate::record::read_entries;
use crate::reviews::part_of_form;

/// Letters and digits alone, in lower case: how two names are compared.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// Whether a place ended after a link was made, by its day or by what was recorded since.
fn ended_since(
    member: &Membership,
    entries: &[&Entry],
    link: &FormLinkRow,
    today: jiff::civil::Date,
) -> bool {
    let Some(end) = member.end.filter(|end| *end <= today) else { return false };
    let said_since = |e: &Entry| match &e.event {
        Event::CircleLeft { role, person, name, .. } => {
            let same = |a: &Option<String>, b: &Option<String>| {
                a.as_deref().map(squeeze) == b.as_deref().map(squeeze)
            };
            e.recorded_at > link.made_at
                && e.happened_on == end
                && *role == member.role
                && match member.person {
                    Some(_) => *person == member.person,
                    None => same(name, &member.name),
                }
        }
        _ => false,
    };
    end > day(link.made_at) || entries.iter().any(|e| said_since(e))
}

impl Casework {
    /// Whether what has happened since a link was made closes it.
    pub(super) async fn closed_since(
        &self,
        unit: &mut dyn Unit,
        child: Uuid,
        link: &FormLinkRow,
    ) -> Result<bool> {
        let row = unit.child_row(child).await?.ok_or(Error::Absent)?.child;
        let all = read_entries(unit, ChildId(child)).await?;
        let replaced: Vec<_> = all.iter().filter_map(|e| e.replaces).collect();
        let entries: Vec<&Entry> = all.iter().filter(|e| !replaced.contains(&e.id)).collect();
        let restricted =
            |e: &&Entry| e.recorded_at > link.made_at && matches!(e.event, Event::Restricted { .. });
        if row.restricted && entries.iter().any(restricted) {
            return Ok(true);
        }
        let timeline = decode_timeline(&row.projection.timeline)?;
        let invited = self.invited(link)?;
        let (name, email) = (squeeze(&invited.name), invited.email.to_lowercase());
        let part = part_of_form(unit, ChildId(child), &format_smolstr!("{}", link.form)).await?;
        let ids: Vec<Uuid> = timeline.circle.iter().filter_map(|m| m.person).map(|p| p.0).collect();
        let people = unit.persons(&ids).await?;
        let wrote = |m: &Membership| {
            let joined = entries.iter().find(|e| e.id == m.entry);
            joined.is_some_and(|e| matches!(&e.event, Event::CircleJoined { contact: Some(contact), .. } if contact.to_lowercase().contains(&email)))
        };
        let account = |m: &Membership| people.iter().find(|p| m.person.is_some_and(|id| id.0 == p.id));
        let theirs = |m: &&Membership| {
            part.as_ref().is_some_and(|part| part.member == Some(m.entry))
                || m.name.as_deref().is_some_and(|n| squeeze(n) == name)
                || account(m).is_some_and(|p| p.email.to_lowercase() == email || squeeze(&p.name) == name)
                || wrote(m)
        };
        let (today, mut ended, mut holds) = (self.today(), false, false);
        for member in timeline.circle.iter().filter(theirs) {
            if account(member).is_some_and(|p| p.disabled_at.is_some()) {
                return Ok(true);
            }
            ended |= ended_since(member, &entries, link, today);
            holds |= member.start <= today && member.end.is_none_or(|end| today < end);
        }
        Ok(ended && !holds)
    }
}
