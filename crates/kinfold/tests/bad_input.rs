//! What is typed wrongly at the command line: a message that says what happened and what to do, an exit status that a
//! script can see, and nothing lost.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use support::{kinfold, run, said};

/// The command must fail with this status and say all of these words.
fn refused(output: &Output, status: i32, words: &[&str]) {
    let text = said(output);
    assert_eq!(output.status.code(), Some(status), "{text}");
    for word in words {
        assert!(text.contains(word), "it does not say “{word}”:\n{text}");
    }
    assert!(!text.contains("panicked"), "{text}");
}

fn init(folder: &Path, db: &str, password: &str) -> Output {
    let mut child = kinfold()
        .current_dir(folder)
        .args(["init", "--db", db, "--authority", "Testshire", "--admin-name", "Ada Admin"])
        .args(["--admin-email", "ada@testshire.example", "--password-stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // It may refuse before it reads.
    let _ = writeln!(child.stdin.take().expect("a pipe"), "{password}");
    child.wait_with_output().expect("an end")
}

fn founded(folder: &Path) {
    let made = init(folder, "sqlite:a.db", "a long password");
    assert!(made.status.success(), "{}", said(&made));
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|item| item.expect("a file").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn unknown_words_are_named_and_end_with_status_two() {
    let folder = tempfile::tempdir().expect("a folder");
    refused(&run(folder.path(), &["serve", "--bd", "sqlite:a.db"]), 2, &["--bd", "--db"]);
    refused(&run(folder.path(), &["sevre"]), 2, &["sevre", "serve"]);
    refused(&run(folder.path(), &["demo", "--children", "none"]), 2, &["--children", "none"]);
    refused(
        &run(folder.path(), &["pathway", "explain", "--chronology", "a.json", "--on", "31/02/2026"]),
        2,
        &["--on"],
    );
    assert!(files(folder.path()).is_empty(), "a mistake made a file");
}

#[test]
fn a_database_that_is_not_there_is_not_made_by_a_mistyped_path() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in ["serve", "verify", "rebuild", "checkpoint"] {
        let output = run(folder.path(), &[command, "--db", "sqlite:mistyped.db"]);
        refused(&output, 1, &["there is no database at mistyped.db", "kinfold init"]);
    }
    refused(&run(folder.path(), &["serve", "--db", "mysql://x"]), 1, &["sqlite:PATH", "postgres://"]);
    refused(&run(folder.path(), &["serve", "--db", "kinfold.db"]), 1, &["sqlite:PATH"]);
    refused(
        &init(folder.path(), "sqlite:missing/folder/a.db", "a long password"),
        1,
        &["there is no folder"],
    );
    refused(&run(folder.path(), &["serve", "--db", "postgres://nobody@127.0.0.1:1/none"]), 1, &["database"]);
    assert!(files(folder.path()).is_empty(), "a mistyped path made {:?}", files(folder.path()));
}

#[test]
fn a_file_that_is_no_database_is_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("letter.db");
    std::fs::write(&file, "Dear Sir, this is not a database.").expect("written");
    let output = run(folder.path(), &["verify", "--db", "sqlite:letter.db"]);
    refused(&output, 1, &["database"]);
    assert_eq!(std::fs::read_to_string(&file).expect("still there"), "Dear Sir, this is not a database.");
}

#[test]
fn init_refuses_what_is_there_and_what_cannot_be_an_account() {
    let folder = tempfile::tempdir().expect("a folder");
    refused(&init(folder.path(), "sqlite:a.db", "short"), 1, &["12", "nothing was made"]);
    assert!(files(folder.path()).is_empty());
    founded(folder.path());
    let key = std::fs::read(folder.path().join("a.db.key")).expect("the key");
    refused(&init(folder.path(), "sqlite:a.db", "a long password"), 1, &["there is a file a.db already"]);
    assert_eq!(
        std::fs::read(folder.path().join("a.db.key")).expect("the key"),
        key,
        "the key was written over"
    );
    // A key that is left is never written over either: something may be sealed with it.
    std::fs::rename(folder.path().join("a.db"), folder.path().join("kept.db")).expect("moved");
    refused(&init(folder.path(), "sqlite:a.db", "a long password"), 1, &["never written over"]);
    assert_eq!(std::fs::read(folder.path().join("a.db.key")).expect("the key"), key);
}

#[test]
fn without_its_key_file_nothing_is_served_and_the_message_says_where_it_was_looked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    founded(folder.path());
    let key = folder.path().join("a.db.key");
    let kept = std::fs::read(&key).expect("the key");
    std::fs::remove_file(&key).expect("removed");
    refused(&run(folder.path(), &["verify", "--db", "sqlite:a.db"]), 1, &["a.db.key", "--key"]);
    std::fs::write(&key, &kept[..20]).expect("written");
    let only_owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(&key, only_owner).expect("set");
    refused(&run(folder.path(), &["verify", "--db", "sqlite:a.db"]), 1, &["64 bytes"]);
    std::fs::write(&key, &kept).expect("written");
    assert!(run(folder.path(), &["verify", "--db", "sqlite:a.db"]).status.success());
    std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o640)).expect("set");
    refused(&run(folder.path(), &["verify", "--db", "sqlite:a.db"]), 1, &["chmod 600"]);
}

#[test]
fn records_never_cross_a_network_unencrypted_by_accident() {
    let folder = tempfile::tempdir().expect("a folder");
    founded(folder.path());
    let output = run(folder.path(), &["serve", "--db", "sqlite:a.db", "--listen", "0.0.0.0:0"]);
    refused(&output, 1, &["unencrypted", "--behind-proxy"]);
}

#[test]
fn a_port_that_is_taken_is_said_to_be() {
    let folder = tempfile::tempdir().expect("a folder");
    founded(folder.path());
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let output = run(folder.path(), &["serve", "--db", "sqlite:a.db", "--listen", &address]);
    refused(&output, 1, &["cannot be listened on", "--listen"]);
}

#[test]
fn backups_are_never_written_over_and_half_a_backup_is_not_restored() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    founded(at);
    assert!(run(at, &["backup", "--db", "sqlite:a.db", "whole.backup"]).status.success());
    refused(&run(at, &["backup", "--db", "sqlite:a.db", "whole.backup"]), 1, &["is there already"]);
    refused(
        &run(at, &["restore", "--db", "sqlite:b.db", "missing.backup"]),
        1,
        &["no backup at missing.backup"],
    );
    refused(&run(at, &["restore", "--db", "sqlite:a.db", "whole.backup"]), 1, &["never written over"]);
    let whole = std::fs::read(at.join("whole.backup")).expect("the backup");
    for part in [whole.len() / 3, whole.len() / 2, whole.len() - 3] {
        std::fs::write(at.join("cut.backup"), &whole[..part]).expect("written");
        refused(
            &run(at, &["restore", "--db", "sqlite:b.db", "cut.backup"]),
            1,
            &["nothing was restored", "cut.backup"],
        );
        assert!(!at.join("b.db").exists(), "half a council was left behind");
    }
    assert!(run(at, &["restore", "--db", "sqlite:b.db", "whole.backup"]).status.success());
    std::fs::copy(at.join("a.db.key"), at.join("b.db.key")).expect("the key");
    let verified = run(at, &["verify", "--db", "sqlite:b.db"]);
    assert!(verified.status.success(), "{}", said(&verified));
}

#[test]
fn chronologies_and_guidance_with_mistakes_are_answered_with_the_place_of_the_mistake() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let explain = |file: &str| run(at, &["pathway", "explain", "--chronology", file, "--on", "2026-03-01"]);
    refused(&explain("missing.json"), 1, &["missing.json cannot be read"]);
    std::fs::write(at.join("cut.json"), "{\"entries\": [{\"kind\": \"care_sta").expect("written");
    refused(&explain("cut.json"), 1, &["cut.json is not a chronology", "line 1"]);
    refused(&run(at, &["guidance", "check", "missing"]), 1, &["there is no folder missing"]);
    std::fs::create_dir(at.join("empty")).expect("a folder");
    refused(&run(at, &["guidance", "check", "empty"]), 1, &["there is no guidance in empty"]);
    std::fs::create_dir_all(at.join("local/rules")).expect("a folder");
    std::fs::write(at.join("local/rules/visit.more.toml"), "id = \"visit.more\"\ntitle = 3\n")
        .expect("written");
    refused(&run(at, &["guidance", "check", "local"]), 1, &["local/rules/visit.more.toml:2", "mistake"]);
    let national =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../guidance/frameworks/inspection.being_healthy.toml");
    let text = std::fs::read_to_string(national).expect("the framework");
    let ours = text.replace("id = \"inspection.being_healthy\"", "id = \"local.being_healthy\"");
    std::fs::create_dir_all(at.join("own/frameworks")).expect("a folder");
    let file = at.join("own/frameworks/local.being_healthy.toml");
    std::fs::write(&file, ours.replacen("kind = \"criterion\"", "kind = \"criterium\"", 1)).expect("written");
    let line = ours.lines().position(|l| l == "kind = \"criterion\"").expect("there") + 1;
    let place = format!("own/frameworks/local.being_healthy.toml:{line}");
    refused(&run(at, &["guidance", "check", "own"]), 1, &[&place, "criterium", "1 mistake"]);
    std::fs::write(&file, ours).expect("written");
    let right = run(at, &["guidance", "check", "own"]);
    assert!(right.status.success() && said(&right).contains(" frameworks, "), "{}", said(&right));
    let listed = run(at, &["guidance", "list", "--guidance", "own"]);
    assert!(said(&listed).contains("frameworks/local.being_healthy"), "{}", said(&listed));
    let changed = run(at, &["guidance", "diff", "national", "own"]);
    assert!(said(&changed).contains("frameworks/local.being_healthy version 1 (local:own): added"));
}

#[test]
fn a_folder_without_a_return_is_named_and_nothing_is_imported() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    founded(at);
    let import = |what: &str| run(at, &["import", "ssda903", "--db", "sqlite:a.db", what]);
    refused(&import("missing"), 1, &["nothing at missing"]);
    std::fs::create_dir(at.join("empty")).expect("a folder");
    refused(&import("empty"), 1, &["no return in empty"]);
    std::fs::create_dir(at.join("other")).expect("a folder");
    std::fs::write(at.join("other/list.csv"), "NAME,TOWN\nAnn,Fernham\n").expect("written");
    refused(&import("other"), 1, &["no child in other"]);
    let nobody = "00000000-0000-7000-8000-000000000000";
    let undo = run(at, &["import", "ssda903", "--db", "sqlite:a.db", "--undo", nobody]);
    refused(&undo, 1, &["there was no import"]);
}

#[test]
fn a_measure_that_counts_something_else_than_its_example_says_is_a_mistake() {
    let folder = tempfile::tempdir().expect("a folder");
    let measures = folder.path().join("council/measures");
    std::fs::create_dir_all(&measures).expect("a folder");
    let national =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../guidance/measures/education.plan_reviewed.toml");
    let text = std::fs::read_to_string(national).expect("the definition");
    let ours = text.replace("id = \"education.plan_reviewed\"", "id = \"local.education.plan_reviewed\"");
    let file = measures.join("local.education.plan_reviewed.toml");
    std::fs::write(&file, &ours).expect("written");
    let right = run(folder.path(), &["guidance", "check", "council"]);
    assert!(right.status.success(), "{}", said(&right));
    std::fs::write(&file, ours.replace("numerator = [\"Hugh\"]", "numerator = [\"Hugh\", \"Ines\"]"))
        .expect("written");
    let wrong = run(folder.path(), &["guidance", "check", "council"]);
    refused(&wrong, 1, &["local.education.plan_reviewed.toml", "1 mistake"]);
}
