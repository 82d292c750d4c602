//! SWEpisodes: who the child's social worker was.

use kinfold_record::Event;
use smol_str::SmolStr;

use super::history::{latest, superseded};
use super::rows::ChildRows;
use super::writer::{Fact, Writer};
use crate::codes::CodeList;

/// Social workers, as key workers in the child's circle. The return gives a registration number and no name.
pub(super) fn convert(rows: &ChildRows<'_>, writer: &mut Writer<'_>) {
    let kept = latest(&rows.sw_episodes, writer, |seen, w| w.day(seen, "SW_DECOM", &seen.row.sw_decom));
    for seen in kept {
        let Some(on) = seen.row.sw_decom.value() else { continue };
        let Some(worker) = writer.line(seen, "SW_ID", &seen.row.sw_id) else {
            if seen.row.sw_id.value().is_none() {
                writer.error(
                    seen,
                    "SW_ID",
                    "The social worker's number is missing, so the row was left out. Give it.",
                );
            }
            continue;
        };
        let open = seen.row.sw_dec.is_blank();
        if open && superseded(seen, &rows.sw_episodes, "SW_DECOM", |r| r.sw_decom.value(), writer) {
            continue;
        }
        let role = SmolStr::new_static("social_worker");
        let event = Event::CircleJoined {
            role: role.clone(),
            person: None,
            name: None,
            key_worker: Some(true),
            parental_responsibility: None,
            worker_id: Some(worker.clone()),
            change_reason: writer.code(seen, "SW_REASON", &seen.row.sw_reason, CodeList::SwReason),
            contact: None,
        };
        let joined =
            writer.add(seen.origin(), Fact::new("SW_DECOM", on, event).tag(&format!("social_worker:{on}")));
        if let Some(end) = writer.end(seen, "SW_DEC", on, &seen.row.sw_dec)
            && joined
        {
            let event = Event::CircleLeft { role, person: None, name: None, worker_id: Some(worker.clone()) };
            // Known by its start, so that an end put right later is the same fact.
            let tag = format!("social_worker:{on}");
            writer.add(seen.origin(), Fact::new("SW_DEC", end, event).tag(&tag));
        }
    }
}
