//! What people write: as if the child will read it tomorrow, because one day they do.

use crate::dice::Dice;
use crate::family::Life;

/// What was found in a health assessment, what should become better by it, and what will be done.
pub const NEED_FEELINGS: &str = "Sleeps badly and wakes with bad dreams.";
pub const GOAL_FEELINGS: &str = "Sleeps through most nights";
pub const ACTION_FEELINGS: &str = "Keep a sleep diary for three weeks and talk it through with the nurse.";
pub const NEED_TEETH: &str = "Two teeth hurt when chewing.";
pub const GOAL_TEETH: &str = "Eats without pain";
pub const ACTION_TEETH: &str = "See the dentist and have the two teeth treated.";

/// Fills `{name}`, `{they}`, `{them}` and `{their}` in a phrase.
pub fn about(life: &Life, phrase: &str) -> String {
    let (they, them, their) = if life.girl { ("she", "her", "her") } else { ("he", "him", "his") };
    let mut out = phrase.replace("{name}", life.first()).replace("{them}", them).replace("{their}", their);
    out = out.replace("{they}", they);
    // A sentence may start with a pronoun.
    for (at, _) in out.clone().match_indices(". ") {
        if let Some(first) = out.get(at + 2..at + 3).map(str::to_uppercase) {
            out.replace_range(at + 2..at + 3, &first);
        }
    }
    out
}

/// What the child said on a visit, at this age. Babies say nothing, and are watched instead.
pub fn said(dice: &mut Dice, age: i32) -> Option<String> {
    const SMALL: &[&str] = &[
        "I got a new bed and it has stars.",
        "Can I see my mummy?",
        "I like the dog. He is called Biscuit.",
        "I can do my own shoes now.",
        "Night-time is scary. I like the lamp on.",
        "My best friend is coming to tea.",
        "When is it the long sleep-over with Nan?",
        "I drew you, look. That is your car.",
        "I don't like peas.",
    ];
    const MIDDLE: &[&str] = &[
        "I want to go to the same school as my brother.",
        "School is good but I hate maths on Fridays.",
        "I got picked for the team!",
        "Can somebody tell me if I am staying here?",
        "I miss our cat. Can I have a photo?",
        "You said you would find out about Saturdays and you didn't yet.",
        "I would like to see my sister more.",
        "I like it here. They laugh a lot.",
        "I don't want a meeting at school, everyone looks.",
        "Can I go to the camp with Scouts? I need someone to sign.",
        "I told Mum about my swimming badge and she cried.",
    ];
    const OLDER: &[&str] = &[
        "I just want people to ask me first.",
        "Stop sending new people. I have had four of you.",
        "I'm fine. You can see my room, it's tidy for once.",
        "I don't want to talk about Dad today.",
        "I'll see the nurse but not at school.",
        "I came back on my own, so I don't see the problem.",
        "I want my passport sorted before the trip.",
        "I've been sleeping better since I moved rooms.",
        "I'd like to read what you write about me.",
    ];
    const NEARLY_GROWN: &[&str] = &[
        "College is alright. I want to do bricklaying, not business.",
        "I need to know what happens with money when I'm eighteen.",
        "I want to stay here after my birthday if they let me.",
        "Who do I ring when it goes wrong and it's night?",
        "I can cook four things. I don't need a course in it.",
        "I want my provisional licence. Whose job is that?",
    ];
    let pool = match age {
        i32::MIN..=2 => return None,
        3..=6 => SMALL,
        7..=12 => MIDDLE,
        13..=15 => OLDER,
        _ if dice.often(400) => OLDER,
        _ => NEARLY_GROWN,
    };
    Some(dice.pick(pool).to_owned())
}

/// What the visitor saw and did.
pub fn visit(dice: &mut Dice, life: &Life, age: i32) -> String {
    const BABY: &[&str] = &[
        "{name} was awake and on the mat, smiling at {their} carer and reaching for the rattle. Weight and sleep going well.",
        "{name} had just fed. {they} settled quickly in {their} carer's arms and watched me across the room.",
        "We looked at the red book together. {name} is pulling up to stand and babbling.",
        "{name} was asleep when I came and woke with a frown, then a grin. Nappy rash has gone. The health visitor is pleased.",
        "Bath time. {name} kicked and laughed at the splash. {their} carer keeps a diary for {them} with a photo for each week.",
        "{name} hid behind the carer's leg and came out for the picture book. Two new words this month: ball and more.",
        "I watched {name} at the toddler group. {they} went out to play and came back to {their} carer for a cuddle, as {they} should.",
        "Lunch with {name}: banana everywhere. We talked about how {they} is after family time; a little clingy, settled by tea.",
    ];
    const CHILD: &[&str] = &[
        "{name} showed me {their} room and the school book. We talked about family time and what {they} would like to change.",
        "We walked the dog together, so that {name} could talk without being overheard. {they} asked about {their} brother and I said I would find out by Friday.",
        "{name} was tired after school and we kept it short. I will come back on Thursday at the time {they} chose.",
        "{name} and I made a list of questions for the review. The first is about staying over at a friend's house.",
        "{name} was proud of {their} certificate. {they} asked me to take a photo for {their} mum, which I sent with permission.",
        "A good visit. {name} feels safe here and said so. The carers and I agreed who will take {them} to the dentist.",
        "We read the last review together and {name} put two things right. I have changed the plan.",
    ];
    let pool = if age < 3 { BABY } else { CHILD };
    about(life, dice.pick(pool))
}

/// A note and its topic.
pub fn note(dice: &mut Dice, life: &Life, age: i32) -> (&'static str, String) {
    const YOUNG: &[(&str, &str)] = &[
        (
            "good_news",
            "{name} took three steps to {their} carer today and sat down laughing. I wrote it in the red book.",
        ),
        (
            "family_time",
            "Family time at the centre. Mum sang the bath song and {name} knew it. {they} slept all the way home.",
        ),
        (
            "family_time",
            "Dad came with a cloth book. {name} was unsure for ten minutes, then would not let go of it.",
        ),
        (
            "call",
            "{name}'s carer rang: a cold, no temperature, eating well. Health visitor is coming on Monday anyway.",
        ),
        (
            "health",
            "Eczema is better with the new cream. {name} sleeps through. The carer has the plan for flare-ups.",
        ),
        (
            "other",
            "Copied six photos from Mum's telephone for {name}'s life story book, with the dates on the back.",
        ),
    ];
    const NOTES: &[(&str, &str)] = &[
        (
            "good_news",
            "{name} was given the head teacher's award for kindness. {they} wants it on the wall, not in a file.",
        ),
        ("good_news", "{name} swam a length for the first time today. The whole pool clapped."),
        (
            "call",
            "Call with {name}'s carer. Sleep is better since the bedtime was moved. No worries this week.",
        ),
        (
            "call",
            "{name}'s mother rang to ask how the first day at school went. I told her what {name} was happy for her to know.",
        ),
        ("call", "Grandmother rang. She would like to write to {name}. I will ask {name} first."),
        (
            "family_time",
            "Family time went well. {name} and {their} mum baked. Saying goodbye was hard and we sat in the car for a while.",
        ),
        (
            "family_time",
            "Family time did not happen: Mum was unwell. {name} was told the same morning and chose to go to the park instead.",
        ),
        (
            "family_time",
            "{name} saw {their} brothers and sisters at the farm. They asked for the next one to be longer.",
        ),
        (
            "school",
            "{name} has moved up a reading band. {their} teacher says {they} now puts a hand up in class.",
        ),
        (
            "school",
            "{name} was sent home at lunch after a row. School and I agreed that this must not become a habit, and what they will do first next time.",
        ),
        ("health", "{name} has new glasses and chose the frames. Next sight test in a year."),
        (
            "health",
            "Waiting list letter received: eighteen weeks for speech and language. Asked whether the wait in the last area counts.",
        ),
        (
            "meeting",
            "Care team meeting. Agreed that {name} hears about plans from me and from nobody else first.",
        ),
        (
            "meeting",
            "Met with the carers about holidays. {name} would like to come along to the caravan; delegated authority covers it.",
        ),
        (
            "other",
            "{name} asked where {their} baby photos are. Mum has some; I will copy them for {their} life story book.",
        ),
        (
            "other",
            "{name} would like a different time for phone calls because of football. Changed to Sundays.",
        ),
    ];
    const TEENS: &[(&str, &str)] = &[
        (
            "good_news",
            "{name} passed the theory of {their} food hygiene course and starts at the café on Saturday.",
        ),
        (
            "school",
            "Attendance this half term is 96 per cent. {name} asked for a bus pass so {they} can go with friends.",
        ),
        (
            "good_news",
            "{name} cooked for six people and wrote the shopping list. I was invited and it was very good.",
        ),
        (
            "other",
            "{name} asked to see what is written about {them}. We read the last two visits together and {they} put one thing right.",
        ),
        ("health", "{name} rang the surgery without help and has an appointment on Thursday after college."),
        (
            "meeting",
            "{name} came to the meeting about {their} next year and did most of the talking. Three things agreed, all {their} own.",
        ),
    ];
    let from = match age {
        i32::MIN..=3 => YOUNG,
        14.. if dice.often(450) => TEENS,
        _ => NOTES,
    };
    let (topic, phrase) = from[dice.below(from.len())];
    (topic, about(life, phrase))
}

/// What a review decided about a child of this age.
pub fn review(dice: &mut Dice, life: &Life, age: i32) -> String {
    const SMALL: &[&str] = &[
        "{name} is safe and thriving. One plan for staying and one for going home, both worked on, so that no month is lost.",
        "The carers will bring {their} own photographs to family time, so that {name}'s parents see the weeks between.",
        "{name} needs to know by {their} next birthday where {they} will grow up. The court timetable is agreed.",
        "Health visitor, carers and nursery agree: hearing test now, not in the autumn. Social worker to ring tomorrow.",
    ];
    const OLDER: &[&str] = &[
        "{name} stays where {they} is settled. The plan is right; the dentist and the passport are to be done by the next review.",
        "Family time to rise to every week, because {name} asked and it is going well. Social worker to arrange by the end of the month.",
        "{name} chose who came and opened the meeting. Agreed: club on Tuesdays, new bed, a straight answer about the summer.",
        "The reviewing officer is not satisfied with the delay over therapy. A date is to be given to {name} within two weeks.",
        "Permanence: long-term with the present carers is the plan. Matching to go to panel. {name} has been told.",
        "{name} asked why the last decision was not carried out. There was no good answer; it is now first on the list.",
        "Two things changed because {name} said so: the school run, and who rings about Saturdays.",
    ];
    about(life, dice.pick(if age < 4 { SMALL } else { OLDER }))
}

/// The main points of a personal education plan.
pub fn education(dice: &mut Dice, life: &Life, age: i32) -> String {
    const SMALL: &[&str] = &[
        "{name} joins in at story time and has a friend to sit with. Target: words for feelings, with pictures at nursery and at home.",
        "Speech is coming on. The same key person at nursery every morning; premium money pays for the music group.",
    ];
    const CHILD: &[&str] = &[
        "{name} chose the adult to go to on a bad day: the librarian. Target: two more minutes of reading than is comfortable.",
        "Maths is up a grade. Pupil premium pays for guitar, because {name} asked.",
        "Attendance is good. {name} wants to be taught with the others, so help moves into the classroom.",
        "Friendships are the target this term, not spelling. {name} would like to be asked to a party.",
    ];
    const OLDER: &[&str] = &[
        "College visit booked for the taster day. {name} will go with a friend.",
        "Mock results are better than {name} feared. A tutor for science, at a time that does not clash with training.",
        "{name} wants no meeting in school hours, so the plan is made at home from now on.",
        "Apprenticeships looked at together. {name} likes the one in the boatyard; application due in March.",
    ];
    about(
        life,
        dice.pick(if age < 5 {
            SMALL
        } else if age < 14 {
            CHILD
        } else {
            OLDER
        }),
    )
}

/// What a health assessment found.
pub fn health(dice: &mut Dice, life: &Life, age: i32) -> String {
    const SMALL: &[&str] = &[
        "{name} is growing along {their} own line and eating well. Hearing and eyes looked at; referral for the squint sent today.",
        "Good weight gain. Jabs are one behind; booked at the surgery. The carers asked about sleep and have a plan.",
        "{name} plays, babbles and looks for {their} carer. Early history has gaps; we will ask the maternity unit and the first GP.",
    ];
    const OLDER: &[&str] = &[
        "{name} is well and growing as expected. Teeth and eyes are looked after. {they} would like help with sleep.",
        "{name} talked about worries at night before anything else. Plan: feelings first, then hearing test and dentist.",
        "Asthma well controlled. {name} can use the inhaler without help and was proud to show it.",
        "{name} asked good questions. Early history has gaps; we will ask the maternity unit and the first GP.",
        "{name} chose to be seen alone and at home. Glasses are two years old: eye test booked for half term.",
    ];
    about(life, dice.pick(if age < 4 { SMALL } else { OLDER }))
}

/// What was said at a return interview.
pub fn came_back(dice: &mut Dice) -> String {
    dice.pick(&[
        "I was at my mate's. I knew the time, I just didn't want to go back yet.",
        "I went to see Mum. Nobody had told me why Saturday was cancelled.",
        "I needed to get out. I was safe. I would go for a walk with staff if they asked.",
        "I don't want to say who I was with. I want to talk to the nurse on my own.",
        "I missed the last bus and my phone was dead. I'd like a charger that works.",
    ])
    .to_owned()
}

/// Why a young person said no to a health assessment.
pub fn refused(dice: &mut Dice) -> String {
    dice.pick(&[
        "I had one last year and nothing came of it.",
        "I will go to my own doctor if something is wrong.",
        "Not at school, and not in front of anybody. Ask me again after the exams.",
    ])
    .to_owned()
}

/// A need that is not being met.
pub fn unmet(dice: &mut Dice, life: &Life) -> (&'static str, String) {
    const NEEDS: &[(&str, &str)] = &[
        (
            "wellbeing",
            "{name} has waited five months for therapy. The school counsellor has filled the gap; that ends at Easter.",
        ),
        (
            "education",
            "{name} has had no full-time school place for six weeks. Two schools have not answered.",
        ),
        (
            "health",
            "{name}'s speech therapy stopped with the move. The new area has not accepted the referral.",
        ),
        (
            "family_time",
            "{name} was promised time with {their} sister each fortnight. Three of the last five did not happen.",
        ),
        (
            "home",
            "{name} shares a room and has asked for one of {their} own since spring. No larger home has been found.",
        ),
        (
            "identity",
            "{name} would like to learn {their} first language and meet people from {their} culture. Nothing is arranged.",
        ),
    ];
    let (need, phrase) = NEEDS[dice.below(NEEDS.len())];
    (need, about(life, phrase))
}
