//! The directory: brought in from a file with all that can be used, the same again changes nothing, taken back as a whole;
//! what must not be found is on nothing that anybody may read; whoever answers for an entry is told to check it.

use jiff::civil::date;
use kinfold_casework::board::ExportedCell;
use kinfold_casework::directory::{COLUMNS, Counts, NewListing, Showing, Sought};
use kinfold_casework::{Actor, Error};
use uuid::Uuid;

use crate::world::{CLERK, COUNCILLOR, NURSE, TODAY, WORKER, World, noon, on_both};

const CSV: &str = "Name,Organisation,What it is,In plain words,Age from,Age to,Needs,Area,Telephone,Address,Town,Postcode,Latitude,Longitude,For young people,Whom to tell\r\n\
    The Open Door,Minds,Talking therapy,Somebody to talk to,11,25,mental_health,Fernshire,+44 1632 960101,2 Mill Walk,Fernham,FN1 1AA,53.05,1.2,yes,A child moves here | Fernshire | Duty nurse | 01632 960 200 | nurses@health.example\r\n\
    Harbour House,Against Abuse,A refuge for young women,A safe place,16,25,Safety violence and abuse,Fernshire,01632 960112,6 Quarry Road,Bracken Cross,FN7 2BB,53.2,1.22,yes,\r\n\
    Bad age,Minds,x,,old,25,,,,,,,,,,\r\n\
    ,Minds,no name,,,,,,,,,,,,,\r\n\
    Half a place,Minds,x,,,,,,,,,,53.1,,,\r\n\
    Unknown need,Minds,x,,,,unicorns,,,,,,,,,\r\n";

async fn imported(world: &World, clerk: &Actor, name: &str, text: &str) -> (Uuid, Counts) {
    let job = world.casework.stage_directory(clerk, name, text.as_bytes()).unwrap();
    let staged = world.casework.staged_directory(clerk, job).await.unwrap();
    let done = world.casework.start_directory(clerk, job).await.unwrap();
    assert_eq!(done.plan.counts, staged.plan.counts, "what was shown is what was done");
    (done.run, done.plan.counts)
}

async fn names(world: &World, sought: Sought) -> Vec<String> {
    let found = world.casework.find_services(&sought).await.unwrap();
    found.listings.into_iter().map(|l| l.listing.service.name).collect()
}

async fn id_of(world: &World, actor: &Actor, name: &str) -> Uuid {
    let page = world.casework.directory(actor, Showing::All, name).await.unwrap();
    page.lines[0].listed.id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spreadsheet_with_wrong_rows_brings_in_the_right_ones() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        let file = world.casework.read_directory_file("a.csv", CSV.as_bytes()).unwrap();
        let plan = world.casework.plan_directory(&file).await.unwrap();
        assert_eq!(plan.counts, Counts { new: 2, wrong: 4, ..Counts::default() });
        let told = |line: &str| {
            plan.wrong.iter().find(|w| w.place == line).map(|w| w.why.clone()).unwrap_or_default()
        };
        assert!(told("line 4").contains("Age from"), "{:?}", plan.wrong);
        assert!(told("line 5").contains("Enter a name"));
        assert!(told("line 6").contains("longitude"));
        assert!(told("line 7").contains("unicorns"));
        assert!(told("line 3").contains("must not be found"), "a refuge is hidden and it is said");
        assert!(names(&world, Sought::default()).await.is_empty(), "a look writes nothing");

        let (_, counts) = imported(&world, &clerk, "a.csv", CSV).await;
        assert_eq!((counts.new, counts.wrong), (2, 4));
        let (_, again) = imported(&world, &clerk, "a.csv", CSV).await;
        assert_eq!((again.new, again.changed, again.same), (0, 0, 2), "the same file changes nothing");
        for broken in [&b"\xff\xfe\x00"[..], b"", b"a,b\n1,2\n", b"{\"contents\": 3}", b"[[[[[["] {
            let refused = world.casework.read_directory_file("x", broken);
            assert!(matches!(refused, Err(Error::Invalid(_))), "{broken:?}");
        }
        let worker = world.sign_in(WORKER).await;
        assert!(matches!(
            world.casework.stage_directory(&worker, "a.csv", CSV.as_bytes()),
            Err(Error::Absent)
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn found_by_need_place_and_age_and_a_hidden_address_is_nowhere() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        imported(&world, &clerk, "a.csv", CSV).await;
        let of = |need: &str, place: &str, age: Option<u16>, words: &str| Sought {
            need: need.to_owned(),
            place: place.to_owned(),
            age,
            words: words.to_owned(),
            young: true,
        };
        assert_eq!(names(&world, of("mental_health", "", None, "")).await, ["The Open Door"]);
        assert_eq!(names(&world, of("", "fn1", Some(12), "")).await, ["The Open Door"]);
        assert_eq!(names(&world, of("", "Fernham", None, "talk")).await, ["The Open Door"]);
        assert_eq!(names(&world, of("", "", Some(10), "")).await, Vec::<String>::new());
        assert_eq!(
            names(&world, of("", "FN7", None, "")).await,
            Vec::<String>::new(),
            "not even by its postcode"
        );
        let seen = format!("{:?}", world.casework.public_listings().await.unwrap());
        let feed = world.casework.open_referral(1, 100, true).await.unwrap().to_string();
        for secret in ["Quarry", "FN7", "53.2", "Bracken"] {
            assert!(!seen.contains(secret) && !feed.contains(secret), "{secret}");
        }
        assert!(feed.contains("Mill Walk") && feed.contains("The Open Door"));
        let lines = world.casework.whom_to_tell("fernshire", "nurse").await.unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].1.email, "nurses@health.example");

        // Those who keep it see the address; others who work here do not, nor does their copy.
        let refuge = id_of(&world, &clerk, "Harbour").await;
        let worker = world.sign_in(WORKER).await;
        let whole = world.casework.directory_entry(&clerk, refuge).await.unwrap();
        assert_eq!(whole.listed.listing.service.places.len(), 1);
        let part = world.casework.directory_entry(&worker, refuge).await.unwrap();
        assert!(part.listed.listing.service.places.is_empty() && !part.may_change);
        let copy = world.casework.directory_table(false).await.unwrap();
        assert!(!format!("{copy:?}").contains("Quarry"));
    })
    .await;
}

/// The table as a file: what a spreadsheet program would give back.
fn as_csv(table: &kinfold_casework::board::Exported) -> String {
    let cell = |cell: &ExportedCell| match cell {
        ExportedCell::Text(text) => format!("\"{}\"", text.replace('"', "\"\"")),
        ExportedCell::Number(n) => n.to_string(),
        ExportedCell::Day(day) => day.to_string(),
        _ => String::new(),
    };
    let rows = table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(","));
    std::iter::once(table.columns.join(",")).chain(rows).collect::<Vec<_>>().join("\r\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_out_comes_back_the_same_and_changes_when_it_was_changed() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        imported(&world, &clerk, "a.csv", CSV).await;
        let out = as_csv(&world.casework.directory_table(true).await.unwrap());
        let (_, same) = imported(&world, &clerk, "out.csv", &out).await;
        assert_eq!((same.new, same.changed, same.same, same.wrong), (0, 0, 2, 0), "{out}");
        let guarded =
            out.replace("+44 1632", "'+44 1632").replace("Talking therapy", "Talking and listening");
        let (_, changed) = imported(&world, &clerk, "out.csv", &guarded).await;
        assert_eq!((changed.new, changed.changed, changed.same), (0, 1, 1), "one cell of one row");
        let (_, late) =
            imported(&world, &clerk, "out.csv", &out.replace("Talking therapy", "Old words")).await;
        assert_eq!((late.changed, late.kept), (0, 1), "made from an older version: what stands here stays");
        let feed = world.casework.open_referral(1, 100, true).await.unwrap().to_string();
        let (_, round) = imported(&world, &clerk, "feed.json", &feed).await;
        assert_eq!((round.new, round.changed, round.same), (0, 0, 2), "our own feed says nothing new");
        let refuge = id_of(&world, &clerk, "Harbour").await;
        let kept = world.casework.directory_entry(&clerk, refuge).await.unwrap();
        assert_eq!(kept.listed.listing.service.places.len(), 1, "and takes no hidden address away");
        assert_eq!(COLUMNS.len(), world.casework.directory_table(true).await.unwrap().columns.len());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_taken_back_and_what_somebody_worked_on_stays() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        let feed = |words: &str, other: &str| {
            format!(
                r#"[{{"id":"a-1","name":"One","status":"active","description":"{words}"}},{{"id":"a-2","name":"Two","status":"active","description":"{other}"}}]"#
            )
        };
        let (_, first) = imported(&world, &clerk, "feed.json", &feed("first", "first")).await;
        assert_eq!(first.new, 2);
        let (run, second) = imported(&world, &clerk, "feed.json", &feed("second", "second")).await;
        assert_eq!(second.changed, 2);
        let two = id_of(&world, &clerk, "Two").await;
        let seen = world.casework.directory_entry(&clerk, two).await.unwrap().listed.version;
        let mut cells = world.casework.listing_cells(&world.casework.directory_entry(&clerk, two).await.unwrap().listed.listing);
        cells.insert("description", "by hand".to_owned());
        world.casework.change_listing(&clerk, two, seen, &NewListing { cells: cells.clone() }).await.unwrap();
        let stale = world.casework.change_listing(&clerk, two, seen, &NewListing { cells }).await;
        assert!(matches!(stale, Err(Error::Conflict { .. })), "{stale:?}");

        let (_, third) = imported(&world, &clerk, "feed.json", &feed("second", "third")).await;
        assert_eq!((third.changed, third.same, third.kept), (0, 1, 1), "what was put right by hand stays");
        assert_eq!(world.casework.undo_directory(Some(&clerk), run).await.unwrap(), (1, 1));
        let said = |name: &'static str| {
            let (world, clerk) = (&world, &clerk);
            async move {
                let id = id_of(world, clerk, name).await;
                world.casework.directory_entry(clerk, id).await.unwrap().listed.listing.service.description.unwrap()
            }
        };
        assert_eq!((said("One").await.as_str(), said("Two").await.as_str()), ("first", "by hand"));
        let twice = world.casework.undo_directory(Some(&clerk), run).await;
        assert!(matches!(twice, Err(Error::Invalid(_))), "{twice:?}");
        let (_, again) = imported(&world, &clerk, "feed.json", &feed("second", "by hand")).await;
        assert_eq!((again.changed, again.same), (1, 1), "what was taken back can come again");
        let nurse = world.sign_in(NURSE).await;
        let councillor = world.sign_in(COUNCILLOR).await;
        assert!(world.casework.directory_runs(&nurse).await.is_ok());
        assert!(matches!(world.casework.undo_directory(Some(&councillor), run).await, Err(Error::Absent)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_answers_for_an_entry_keeps_it_and_is_told_to_check_it() {
    on_both(|world| async move {
        let clerk = world.sign_in(CLERK).await;
        let worker = world.sign_in(WORKER).await;
        let mut cells = kinfold_casework::directory::Cells::new();
        cells.insert("name", "Homework club".to_owned());
        let new = NewListing { cells: cells.clone() };
        let id = world.casework.make_listing(&clerk, &new, "made").await.unwrap();
        assert_eq!(world.casework.make_listing(&clerk, &new, "made").await.unwrap(), id, "a form sent twice");
        cells.insert("description", "é".repeat(100_000));
        let long = world.casework.make_listing(&clerk, &NewListing { cells: cells.clone() }, "long").await;
        let Err(Error::Invalid(problems)) = long else { panic!("taken") };
        assert!(problems[0].field == "description" && problems[0].message.contains("80000"), "{problems:?}");
        cells.insert("description", "A children’s home for six".to_owned());
        let open = world.casework.make_listing(&clerk, &NewListing { cells }, "home").await;
        assert!(matches!(open, Err(Error::Invalid(_))), "somebody has to say that it may be found");

        let version = |page: kinfold_casework::directory::ListedPage| page.listed.version;
        let seen = version(world.casework.directory_entry(&clerk, id).await.unwrap());
        assert!(matches!(world.casework.check_listing(&worker, id, seen).await, Err(Error::Absent)));
        let nobody = world.casework.give_listing(&clerk, id, seen, "nobody@fernshire.example").await;
        assert!(matches!(nobody, Err(Error::Invalid(_))), "{nobody:?}");
        world.casework.give_listing(&clerk, id, seen, "person11@fernshire.example").await.unwrap();

        world.clock.set(noon(date(2027, 6, 1)));
        world.casework.run_escalation().await.unwrap();
        let none = world.notices(WORKER).await.iter().filter(|n| n.kind == "directory_check").count();
        assert_eq!(none, 0, "six months have not passed: {TODAY}");
        world.clock.set(noon(date(2027, 6, 3)));
        for _ in 0..2 {
            world.casework.run_escalation().await.unwrap();
        }
        let told: Vec<_> =
            world.notices(WORKER).await.into_iter().filter(|n| n.kind == "directory_check").collect();
        assert_eq!(told.len(), 1, "once");
        assert_eq!(told[0].link, Some(format!("/directory/{id}")));
        let worker = world.sign_in(WORKER).await;
        let page = world.casework.directory_entry(&worker, id).await.unwrap();
        assert!(page.may_change && !page.may_edit && page.listed.is_stale(page.today));
        world.casework.check_listing(&worker, id, version(page)).await.unwrap();
        let page = world.casework.directory_entry(&worker, id).await.unwrap();
        assert!(!page.listed.is_stale(page.today));
        let gone = world.casework.end_listing(&worker, id, page.listed.version, "Closed").await;
        assert!(matches!(gone, Err(Error::Absent)), "taking it out is for those who keep the directory");
        let clerk = world.sign_in(CLERK).await;
        world.casework.end_listing(&clerk, id, page.listed.version, "Closed").await.unwrap();
        assert!(matches!(world.casework.public_listing(id).await, Err(Error::Absent)));
    })
    .await;
}
