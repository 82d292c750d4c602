//! The log: what is sealed stays provable, and every kind of tampering is found.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use jiff::Timestamp;
use kinfold_access::log::{
    AuditLine, Checkpoint, FaultKind, Leaf, PublicKey, Root, SecretKey, StoredLine, Tree, VerifyReport,
    verify,
};
use kinfold_record::{ChildId, PersonId};
use proptest::prelude::*;
use uuid::Uuid;

fn line(seq: u64) -> AuditLine {
    AuditLine {
        seq,
        at: Timestamp::from_microsecond(1_790_000_000_000_000 + seq as i64).unwrap(),
        person: (!seq.is_multiple_of(5)).then(|| PersonId(Uuid::from_u128(u128::from(seq % 7)))),
        session_short: seq.is_multiple_of(2).then(|| "a1b2".into()),
        action: "view_child".into(),
        child: seq.is_multiple_of(3).then(|| ChildId(Uuid::from_u128(u128::from(seq)))),
        purpose: "direct_care".into(),
        outcome: "allowed".into(),
        detail: format!("{{\"page\":{seq}}}"),
    }
}

fn stored(line: AuditLine) -> StoredLine {
    StoredLine { leaf: line.leaf(), line }
}

fn key() -> SecretKey {
    SecretKey::from_seed(&[7; 32])
}

fn at() -> Timestamp {
    "2026-11-21T12:00:00.123456Z".parse().unwrap()
}

/// A log of so many lines with checkpoints at these sizes.
fn log(lines: u64, checkpoints: &[u64]) -> (Vec<StoredLine>, Vec<Checkpoint>) {
    let lines: Vec<StoredLine> = (1..=lines).map(|seq| stored(line(seq))).collect();
    let tree: Tree = lines.iter().map(|stored| stored.leaf).collect();
    let sign = |size: &u64| key().sign("fernshire audit", *size, tree.root_at(*size).unwrap(), at());
    (lines, checkpoints.iter().map(sign).collect())
}

fn check(lines: &[StoredLine], checkpoints: &[Checkpoint]) -> VerifyReport {
    verify(lines, checkpoints, &[key().public()])
}

fn kinds(lines: &[StoredLine], checkpoints: &[Checkpoint]) -> Vec<FaultKind> {
    check(lines, checkpoints).faults.into_iter().map(|fault| fault.kind).collect()
}

#[test]
fn a_whole_log_is_whole() {
    let (lines, checkpoints) = log(20, &[0, 1, 8, 15]);
    let report = check(&lines, &checkpoints);
    assert!(report.is_whole(), "{:?}", report.faults);
    assert_eq!((report.lines, report.checkpoints, report.unsealed), (20, 4, 5));
    assert!(check(&[], &[]).is_whole());
}

#[test]
fn an_edit_is_found() {
    let (mut lines, checkpoints) = log(20, &[10]);
    lines[3].line.outcome = "denied".into();
    assert_eq!(kinds(&lines, &checkpoints), [FaultKind::Edited { seq: 4 }]);
    lines[15].line.person = None;
    assert_eq!(kinds(&lines, &checkpoints), [FaultKind::Edited { seq: 4 }, FaultKind::Edited { seq: 16 }]);
}

#[test]
fn an_edit_with_its_leaf_made_anew_is_found_and_placed() {
    let (mut lines, checkpoints) = log(20, &[5, 10, 20]);
    lines[6].line.outcome = "denied".into();
    lines[6].leaf = lines[6].line.leaf();
    assert_eq!(kinds(&lines, &checkpoints), [FaultKind::RootMismatch { size: 10, sound_until: 5 }]);
}

#[test]
fn a_deleted_line_is_found() {
    let (mut lines, checkpoints) = log(20, &[20]);
    lines.drain(6..9);
    let found = kinds(&lines, &checkpoints);
    assert_eq!(
        found,
        [FaultKind::Missing { seq: 7, count: 3 }, FaultKind::Truncated { expected: 20, found: 17 }]
    );
}

#[test]
fn lines_in_another_order_are_found() {
    let (mut lines, checkpoints) = log(20, &[20]);
    lines.swap(4, 5);
    let found = kinds(&lines, &checkpoints);
    assert!(found.contains(&FaultKind::Reordered { seq: 5 }), "{found:?}");
    // The same with the numbers swapped as well, and the leaves made anew.
    for at in [4, 5] {
        lines[at].line.seq = at as u64 + 1;
        lines[at].leaf = lines[at].line.leaf();
    }
    assert_eq!(kinds(&lines, &checkpoints), [FaultKind::RootMismatch { size: 20, sound_until: 0 }]);
}

#[test]
fn a_log_cut_short_is_found() {
    let (mut lines, checkpoints) = log(20, &[10, 15]);
    lines.truncate(12);
    assert_eq!(kinds(&lines, &checkpoints), [FaultKind::Truncated { expected: 15, found: 12 }]);
}

#[test]
fn a_forged_checkpoint_is_found() {
    let (lines, mut checkpoints) = log(20, &[10]);
    let forger = SecretKey::from_seed(&[8; 32]);
    let tree: Tree = lines.iter().map(|stored| stored.leaf).collect();
    checkpoints.push(forger.sign("fernshire audit", 20, tree.root(), at()));
    assert_eq!(kinds(&lines, &checkpoints), [FaultKind::UnknownKey { size: 20 }]);
    checkpoints[1].key_id = key().public().id();
    assert_eq!(kinds(&lines, &checkpoints), [FaultKind::BadSignature { size: 20 }]);
}

#[test]
fn the_tree_is_that_of_the_standard() {
    // RFC 6962 section 2.1 by hand for three leaves: H(1, H(1, H(0,a), H(0,b)), H(0,c)).
    use sha2::{Digest, Sha256};
    let hash = |parts: &[&[u8]]| -> [u8; 32] { Sha256::digest(parts.concat()).into() };
    let [a, b, c] = [[1; 32], [2; 32], [3; 32]].map(|leaf: [u8; 32]| hash(&[&[0], &leaf]));
    let tree: Tree = [Leaf([1; 32]), Leaf([2; 32]), Leaf([3; 32])].into_iter().collect();
    assert_eq!(tree.root(), Root(hash(&[&[1], &hash(&[&[1], &a, &b]), &c])));
    assert_eq!(tree.root_at(1), Some(Root(a)));
    assert_eq!(Tree::new().root(), Root(hash(&[])));
    assert_eq!(tree.root_at(4), None);
}

#[test]
fn the_encoding_of_a_line_stands_for_ever() {
    let mut line = line(3);
    line.session_short = Some("a1b2".into());
    let hexadecimal: String = line.leaf().0.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hexadecimal, GOLDEN_LEAF);
}

const GOLDEN_LEAF: &str = "66f2330a8e6cbe696e4978810b296587843ed18c3d8ae4e0ac78c33d28ebb447";

#[test]
fn checkpoints_and_keys_are_written_and_read() {
    let (_, checkpoints) = log(9, &[9]);
    let text = checkpoints[0].to_string();
    assert!(text.starts_with("fernshire audit\n9\n"), "{text}");
    assert!(text.contains("\n2026-11-21T12:00:00.123456Z\n\n— "), "{text}");
    let read: Checkpoint = text.parse().unwrap();
    assert_eq!(read, checkpoints[0]);
    let public: PublicKey = key().public().to_string().parse().unwrap();
    assert!(read.is_signed_by(public));
    assert!("fernshire audit\nnine\n".parse::<Checkpoint>().is_err());
    assert!("AAAA".parse::<PublicKey>().is_err());
    let sly = key().sign("two\nlines", 1, Root([0; 32]), at());
    assert_eq!(sly.origin, "two lines");
    assert!(!format!("{:?}", key()).contains('7'.to_string().repeat(4).as_str()));
}

/// One change to one line.
#[derive(Debug, Clone)]
enum Change {
    Seq(u64),
    At(i64),
    Person(Option<u128>),
    Session(Option<String>),
    Action(String),
    Child(Option<u128>),
    Purpose(String),
    Outcome(String),
    Detail(String),
    /// Text moved over the border between two fields.
    Shift,
    Leaf(usize, u8),
}

fn change() -> impl Strategy<Value = Change> {
    let id = || prop::option::of(any::<u128>());
    prop_oneof![
        any::<u64>().prop_map(Change::Seq),
        (0..4_000_000_000_000_000_i64).prop_map(Change::At),
        id().prop_map(Change::Person),
        prop::option::of(".{0,6}").prop_map(Change::Session),
        ".{0,12}".prop_map(Change::Action),
        id().prop_map(Change::Child),
        ".{0,12}".prop_map(Change::Purpose),
        ".{0,12}".prop_map(Change::Outcome),
        ".{0,30}".prop_map(Change::Detail),
        Just(Change::Shift),
        (0..32_usize, 1..=255_u8).prop_map(|(at, by)| Change::Leaf(at, by)),
    ]
}

fn apply(change: Change, to: &mut StoredLine) {
    let line = &mut to.line;
    match change {
        Change::Seq(seq) => line.seq = seq,
        Change::At(at) => line.at = Timestamp::from_microsecond(at).unwrap(),
        Change::Person(id) => line.person = id.map(|id| PersonId(Uuid::from_u128(id))),
        Change::Session(mark) => line.session_short = mark.map(Into::into),
        Change::Action(action) => line.action = action.into(),
        Change::Child(id) => line.child = id.map(|id| ChildId(Uuid::from_u128(id))),
        Change::Purpose(purpose) => line.purpose = purpose.into(),
        Change::Outcome(outcome) => line.outcome = outcome.into(),
        Change::Detail(detail) => line.detail = detail,
        Change::Shift => {
            line.outcome = format!("{}{}", line.purpose, line.outcome).into();
            line.purpose = "".into();
        }
        Change::Leaf(at, by) => to.leaf.0[at] ^= by,
    }
}

proptest! {
    #[test]
    fn any_change_to_any_line_is_found(
        size in 1..24_u64,
        at in any::<prop::sample::Index>(),
        change in change(),
        leaf_made_anew in any::<bool>(),
    ) {
        let (mut lines, checkpoints) = log(size, &[size]);
        let before = lines.clone();
        let line = &mut lines[at.index(size as usize)];
        apply(change, line);
        if leaf_made_anew {
            line.leaf = line.line.leaf();
        }
        prop_assume!(lines != before);
        prop_assert!(!check(&lines, &checkpoints).is_whole());
    }

    #[test]
    fn any_line_taken_out_put_in_or_moved_is_found(
        size in 2..24_u64,
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
        how in 0..3,
    ) {
        let (mut lines, checkpoints) = log(size, &[size]);
        let before = lines.clone();
        let from = from.index(size as usize);
        match how {
            0 => { lines.remove(from); }
            1 => { let line = lines.remove(from); lines.insert(to.index(size as usize), line); }
            _ => { let line = lines[from].clone(); lines.insert(to.index(size as usize), line); }
        }
        prop_assume!(lines != before);
        prop_assert!(!check(&lines, &checkpoints).is_whole());
    }

    #[test]
    fn a_log_that_grew_proves_what_it_was(old in 1..40_u64, more in 0..40_u64, later in 0..10_u64) {
        let new = old + more;
        let tree: Tree = (1..=new + later).map(|seq| line(seq).leaf()).collect();
        let (root, grown) = (tree.root_at(old).unwrap(), tree.root_at(new).unwrap());
        let proof = tree.consistency(old, new).unwrap();
        prop_assert!(Tree::is_consistent((old, root), (new, grown), &proof));
        prop_assert!(!Tree::is_consistent((old, Root([1; 32])), (new, grown), &proof));
        prop_assert_eq!(tree.consistency(0, new), None);
        prop_assert_eq!(tree.consistency(new, new + later + 1), None);
    }

    #[test]
    fn a_changed_checkpoint_no_longer_holds(which in 0..4, size in 1..9_u64) {
        let (lines, mut checkpoints) = log(9, &[size]);
        let checkpoint = &mut checkpoints[0];
        match which {
            0 => checkpoint.origin.push('!'),
            1 => checkpoint.size += 1,
            2 => checkpoint.at += jiff::SignedDuration::from_micros(1),
            _ => checkpoint.root.0[0] ^= 1,
        }
        prop_assert_eq!(
            kinds(&lines, &checkpoints),
            vec![FaultKind::BadSignature { size: checkpoints[0].size }]
        );
    }
}
