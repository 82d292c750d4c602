//! The commands on an invented council, on both databases: what one writes another reads, and `verify` sees what was
//! changed behind the program's back.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use std::path::Path;
use std::process::Output;

use kinfold_store::{Open, Store};
use support::{Server, account, ask, run, said, sign_in};

/// A council that was made and stopped; its key file is `k`.
fn council(folder: &Path, db: &str) {
    let mut server = Server::start(
        folder,
        &[
            "demo",
            "--db",
            db,
            "--key",
            "k",
            "--children",
            "20",
            "--seed",
            "5",
            "--accounts-json",
            "accounts.json",
        ],
    );
    let cookie = sign_in(server.at, &account(&folder.join("accounts.json"), "team_manager"));
    let home = ask(server.at, "GET", "/", &cookie, &[]).expect("an answer");
    assert_eq!(home.status, 200, "{}", home.body);
    server.kill();
}

fn command(folder: &Path, name: &str, db: &str, more: &[&str]) -> Output {
    let mut args = vec![name, "--db", db, "--key", "k"];
    args.extend(more);
    run(folder, &args)
}

fn works(output: &Output) -> String {
    let text = said(output);
    assert!(output.status.success(), "{text}");
    text
}

async fn story(db: &str, other: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    council(at, db);
    let checkpoint = works(&command(at, "checkpoint", db, &[]));
    std::fs::write(at.join("kept.checkpoint"), &checkpoint).expect("written");
    let verified = works(&command(at, "verify", db, &["--checkpoint", "kept.checkpoint"]));
    assert!(verified.contains("Everything is as it should be"), "{verified}");
    let rebuilt = works(&command(at, "rebuild", db, &[]));
    assert!(rebuilt.contains(" 0 of them changed"), "a rebuild gave other rows: {rebuilt}");
    works(&command(at, "verify", db, &[]));
    let measured = command(at, "measures", db, &["--json"]);
    works(&measured);
    let rows: serde_json::Value =
        serde_json::from_slice(&measured.stdout).expect("JSON alone on standard output");
    let rows = rows.as_array().expect("rows");
    let all = rows.iter().find(|row| row["measure"] == "children.looked_after" && row["split"] == "");
    assert!(all.is_some_and(|row| row["figure"].as_f64() > Some(5.0)), "{all:?}");
    let public = works(&command(at, "measures", db, &["--csv", "--public"]));
    assert!(
        public.lines().any(|line| line.contains(",c,c,")),
        "nothing is hidden among twenty children: {public}"
    );
    let wrong = command(at, "measures", db, &["--year", "1990"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(said(&wrong).contains("no figures for 1990"), "{}", said(&wrong));

    // What one kind of database wrote, the other restores.
    works(&run(at, &["backup", "--db", db, "council.backup"]));
    works(&run(at, &["restore", "--db", other, "--key", "k", "council.backup"]));
    let restored = works(&command(at, "verify", other, &["--checkpoint", "kept.checkpoint"]));
    assert!(restored.contains("Everything is as it should be"), "{restored}");

    // A projection that its entries do not give.
    let store = Store::open(db, Open::default()).await.expect("the database");
    let mut unit = store.write().await.expect("a unit");
    let first = unit.all_projections(None, 1).await.expect("rows").remove(0).id;
    let mut row = unit.child_row(first).await.expect("an answer").expect("a child").child;
    row.projection.name = "Somebody Else".to_owned();
    unit.save_projection(first, &row.projection).await.expect("written");
    unit.commit().await.expect("committed");
    store.close().await;
    let faulty = command(at, "verify", db, &[]);
    assert_eq!(faulty.status.code(), Some(1));
    let text = said(&faulty);
    assert!(text.contains(&row.reference) && text.contains("kinfold rebuild"), "{text}");
    assert!(!text.contains("Somebody Else"), "a fault is told by number, never by name");
    works(&command(at, "rebuild", db, &[]));
    works(&command(at, "verify", db, &[]));

    // A log that is shorter than was signed: of another council, with the same key.
    let stranger = tempfile::tempdir().expect("a folder");
    std::fs::copy(at.join("k"), stranger.path().join("k")).expect("the key");
    let fresh = format!("sqlite:{}", stranger.path().join("fresh.db").display());
    council(stranger.path(), &fresh);
    let kept = at.join("kept.checkpoint").display().to_string();
    let fault = command(stranger.path(), "verify", &fresh, &["--checkpoint", &kept]);
    assert_eq!(fault.status.code(), Some(1), "{}", said(&fault));
    assert!(said(&fault).contains("FAULT in the log"), "{}", said(&fault));
}

#[tokio::test]
async fn the_commands_work_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = format!("sqlite:{}", folder.path().join("a.db").display());
    story(&db, &kinfold_store::testing::postgres_url().await).await;
}

#[tokio::test]
async fn the_commands_work_on_postgresql() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = kinfold_store::testing::postgres_url().await;
    story(&db, &format!("sqlite:{}", folder.path().join("b.db").display())).await;
}

/// A newer program or a folder of the council's own brings rules that nobody has worked out yet: the start does.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_guidance_asks_since_the_last_start_is_owed_at_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let db = "sqlite:a.db";
    council(at, db);
    let rules = at.join("own/rules/care");
    std::fs::create_dir_all(&rules).expect("a folder");
    let rule = r#"
        id = "local.supervision"
        version = 1
        title = "Supervision of the case"
        strand = "care"
        why = "The worker's manager looks at the plan early."
        confidence = "L"
        effective_from = 2020-01-01
        owner = { role = "team_manager" }
        source = { cite = "Fernshire procedures 4.2" }
        starts = { on = "care_period" }
        due = { within = "10 working days", opens = "start" }
        met_by = [{ event = "note" }]
    "#;
    std::fs::write(rules.join("local.supervision.toml"), rule).expect("written");
    let store = Store::open(&format!("sqlite:{}", at.join("a.db").display()), Open::default())
        .await
        .expect("a store");
    let owed = async || {
        let mut unit = store.read().await.expect("a unit");
        let mut owed = 0;
        for child in unit.all_children(None, i64::MAX).await.expect("children") {
            let duties = unit.duties_of(child).await.expect("duties");
            owed += duties.iter().filter(|duty| duty.rule == "local.supervision").count();
        }
        owed
    };
    assert_eq!(owed().await, 0);
    let mut server = Server::start(at, &["serve", "--db", db, "--key", "k", "--guidance", "own"]);
    let patience = std::time::Instant::now();
    while owed().await == 0 {
        assert!(patience.elapsed() < std::time::Duration::from_secs(60), "nobody worked the new rule out");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    server.kill();
}

#[test]
fn the_demo_is_made_once_and_served_again_with_the_same_accounts() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = ["demo", "--children", "20", "--accounts-json", "accounts.json"];
    let accounts = || std::fs::read_to_string(folder.path().join("accounts.json")).expect("the accounts");
    Server::start(folder.path(), &args).kill();
    let first = accounts();
    assert!(folder.path().join("data/demo.db").exists());
    let server = Server::start(folder.path(), &args);
    assert_eq!(accounts(), first);
    let roles: serde_json::Value = serde_json::from_str(&first).expect("JSON");
    let roles: Vec<&str> =
        roles.as_array().expect("a list").iter().filter_map(|a| a["role"].as_str()).collect();
    assert_eq!(roles.len(), 24, "one account for every role: {roles:?}");
    drop(server);
}

#[test]
fn a_demo_interrupted_while_it_is_made_is_never_taken_for_a_council() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = support::kinfold()
        .args(["demo", "--children", "400", "--listen", "127.0.0.1:0"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    let unfinished = folder.path().join("data/demo.db.unfinished");
    while !unfinished.exists() {
        std::thread::yield_now();
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
    assert!(!folder.path().join("data/demo.db").exists());
    Server::start(folder.path(), &["demo", "--children", "20"]).kill();
    assert!(!unfinished.exists(), "what was left over was cleared away");
}

#[test]
fn a_pathway_is_explained_without_a_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let chronology = r#"{"child": "01980000-0000-7000-8000-000000000001", "entries": [
        {"happened_on": "2014-05-02", "event":
            {"kind": "child_registered", "given_name": "Ann", "family_name": "Example", "date_of_birth": "2014-05-02"}},
        {"happened_on": "2026-12-01", "event": {"kind": "care_started", "legal_status": "C1"}}
    ]}"#;
    std::fs::write(folder.path().join("a.json"), chronology).expect("written");
    let args = ["pathway", "explain", "--chronology", "a.json", "--on", "2026-12-02"];
    let text = works(&run(folder.path(), &args));
    for words in ["First review", "20 working days", "Thu 31 December 2026", "reg 33(1)"] {
        assert!(text.contains(words), "it does not say “{words}”:\n{text}");
    }
    let json = run(folder.path(), &[&args[..], &["--json"]].concat());
    let explained: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let review = explained["duties"].as_array().expect("a list").iter().find(|d| d["rule"] == "review.first");
    assert_eq!(review.expect("the first review")["due_on"], "2026-12-31");
}
