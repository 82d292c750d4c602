//! Writes the resources that the golden entries of the record become, for `scripts/outside-checks/bundles.py` to validate,
//! and reads HL7's published examples of R4 and writes them again. Run by `scripts/outside-checks.sh fhir`.
//!
//!     outside_fhir FOLDER      makes FOLDER/ours/*.json; reads FOLDER/examples/*.json into FOLDER/again/*.json

#![expect(clippy::disallowed_methods, reason = "a program beside the pure crate reads what it is given")]

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use jiff::civil::date;
use kinfold_fhir::{
    Answer, BundleKind, Document, Facts, Item, Member, Resource, Served, Titles, bundle, capability,
    resources,
};
use kinfold_record::{ChildId, Entry, EntryId, Identity};

/// Every type that is served: a bundle without one of them proves nothing about it.
const EVERY: [&str; 15] = [
    "Patient",
    "AllergyIntolerance",
    "CarePlan",
    "CareTeam",
    "Condition",
    "Consent",
    "DocumentReference",
    "Immunization",
    "MedicationStatement",
    "Observation",
    "Provenance",
    "QuestionnaireResponse",
    "RelatedPerson",
    "ServiceRequest",
    "Task",
];

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

struct Plain;

impl Titles for Plain {
    fn title<'a>(&'a self, _: &str, code: &'a str) -> &'a str {
        code
    }
}

fn main() -> ExitCode {
    let folder = env::args().nth(1).unwrap_or_default();
    let folder = Path::new(&folder);
    match ours(folder).and_then(|ours| Ok((ours, again(folder)?))) {
        Ok((ours, again)) => {
            println!(
                "{ours} resources of golden entries written; {again} published examples read and written again"
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn ours(folder: &Path) -> Outcome<usize> {
    let mut entries: Vec<Entry> = Vec::new();
    for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../record/tests/golden"))? {
        let file = file?.path();
        if file.extension().is_some_and(|ext| ext == "json") {
            entries.push(serde_json::from_str(&fs::read_to_string(file)?)?);
        }
    }
    let child = entries.first().map_or(ChildId(Default::default()), |entry| entry.child);
    let identity = Identity {
        given_name: "Robin".into(),
        family_name: "Ashdown".into(),
        known_as: Some("Rob".into()),
        also_known_as: vec!["Robin Marsh".into()],
        sex: Some("M".into()),
        nhs_number: Some("9434765870".into()),
        local_id: Some("F-1024".into()),
        ..Identity::default()
    };
    let entries: Vec<&Entry> = entries.iter().collect();
    let id = entries.first().map(|entry| entry.id).ok_or("there are no golden entries")?;
    let circle = circle(id);
    let documents = documents()?;
    let facts = Facts {
        child,
        identity: &identity,
        born: Some(date(2016, 5, 4)),
        died: None,
        entries: &entries,
        circle: &circle,
        documents: &documents,
        titles: &Plain,
    };
    let made = resources(&facts);
    let count = made.len();
    let at = "2026-11-22T10:00:00Z".parse()?;
    let base = "https://kinfold.example/fhir";
    let target = folder.join("ours");
    fs::create_dir_all(&target)?;
    for kind in [BundleKind::Collection, BundleKind::Search] {
        let name = if kind == BundleKind::Collection { "passport" } else { "search" };
        write(&target.join(format!("{name}.json")), bundle(kind, name, base, at, made.clone()))?;
    }
    for kind in EVERY {
        if !made.iter().any(|resource| resource.kind() == kind) {
            return Err(format!("nothing was made into a {kind}").into());
        }
    }
    let mut kinds: Vec<&str> = made.iter().map(Resource::kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let search = [("patient", "reference"), ("date", "date")];
    let everything = [("everything", "http://hl7.org/fhir/OperationDefinition/Patient-everything")];
    let served: Vec<Served<'_>> = kinds
        .iter()
        .map(|kind| Served {
            kind,
            profile: None,
            read: true,
            create: *kind == "Observation",
            search: &search,
            operations: &everything,
        })
        .collect();
    write(&target.join("capability.json"), capability("0.1.0", date(2026, 11, 22), &served))?;
    Ok(count)
}

/// Somebody of the family, a carer who left, and a colleague.
fn circle(entry: EntryId) -> [Member<'static>; 3] {
    let member = |entry, role, name, end| Member {
        entry,
        role,
        name,
        parental_responsibility: role == "parent",
        start: date(2024, 9, 2),
        end,
    };
    // Ids are told apart as entries are.
    let other = EntryId(uuid::Uuid::from_u128(entry.0.as_u128() ^ 1));
    [
        member(entry, "parent", Some("Ash Ashdown"), None),
        member(other, "foster_carer", None, Some(date(2026, 1, 5))),
        member(
            EntryId(uuid::Uuid::from_u128(entry.0.as_u128() ^ 2)),
            "looked_after_nurse",
            Some("Nell Hart"),
            None,
        ),
    ]
}

/// A form and its correction, with an answer of every kind.
fn documents() -> Outcome<[Document; 2]> {
    let question = |link: &str, answers| Item {
        link: link.into(),
        text: format!("About {link}"),
        answers,
        items: vec![],
    };
    let answers = vec![
        question("words", vec![Answer::Text("Sleeps well".into())]),
        question("day", vec![Answer::Day(date(2026, 3, 1))]),
        question("flag", vec![Answer::Flag(true)]),
        question("whole", vec![Answer::Whole(2)]),
        question("number", vec![Answer::Number(20.5)]),
        question("several", vec![Answer::Code("vaccine".into(), "mmr".into(), "MMR".into())]),
        Item { items: vec![question("items-1", vec![Answer::Whole(1)])], ..question("items", vec![]) },
    ];
    let section = Item { items: answers, ..question("section", vec![]) };
    let first = Document {
        id: "document-1".into(),
        form: "health.sdq".into(),
        version: 1,
        title: "Strengths and difficulties questionnaire (SDQ)".into(),
        at: "2026-03-11T09:15:00Z".parse()?,
        replaces: None,
        replaced: true,
        address: "https://kinfold.example/children/1/documents/1".into(),
        sections: vec![section],
    };
    let second = Document {
        id: "document-2".into(),
        replaces: Some(first.id.clone()),
        replaced: false,
        ..first.clone()
    };
    Ok([first, second])
}

fn again(folder: &Path) -> Outcome<usize> {
    let target = folder.join("again");
    fs::create_dir_all(&target)?;
    let mut count = 0;
    for file in fs::read_dir(folder.join("examples"))? {
        let file = file?.path();
        let resource = Resource::read(&fs::read_to_string(&file)?)
            .map_err(|why| format!("{}: {why}", file.display()))?;
        write(&target.join(file.file_name().unwrap_or_default()), resource)?;
        count += 1;
    }
    Ok(count)
}

fn write(file: &Path, resource: Resource) -> Outcome<()> {
    Ok(fs::write(file, serde_json::to_string_pretty(&resource.json())?)?)
}
