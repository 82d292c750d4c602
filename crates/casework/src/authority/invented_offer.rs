//! The local offer of an invented council.

/// What an invented council says where the outline of the local offer asks it to.
pub(super) fn answer(heading: &str, text: &mut String) {
    let said = match heading {
        "Staying well" => {
            "- Your adviser helps you to find a doctor and a dentist near you.\n- Low or worried? Ring the Fernshire talking line, any day until 10 at night.\n- Swimming and the gym are free at our leisure centres until you are 25."
        }
        "People who care about you" => {
            "- You have a personal adviser. You can ask for another one.\n- If you would like a mentor who has left care too, tell your adviser."
        }
        "School, college and training" => {
            "- £2,000 once if you go to university, and a room in the holidays.\n- Bus fares and tools for an apprenticeship.\n- The virtual school helps you to apply."
        }
        "Work" => {
            "- Four apprenticeships at the council are kept for care leavers each year.\n- Ask for a trial day at the depot, the library or the kitchens."
        }
        "A place to live" => {
            "- You come first in line for a council flat until you are 25.\n- You pay no council tax until then.\n- About to lose your home? Ring us before you leave it: somebody answers day and night."
        }
        "Your say" => {
            "- The care leavers’ group meets on the first Tuesday of the month, with pizza.\n- You can vote from 18: we help you to be on the list.\n- Not happy? Tell your adviser, or complain; an advocate can help you."
        }
        _ => return,
    };
    said.clone_into(text);
}
