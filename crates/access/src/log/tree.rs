//! The Merkle tree over the leaves (RFC 6962 section 2.1, by `ct-merkle`).

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, HashableLeaf, RootHash};
use sha2::Sha256;

use super::line::Leaf;

/// The root of the tree over the first so many lines: it stands for every byte of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Root(pub [u8; 32]);

/// The tree in memory: 96 bytes for each line, rebuilt at start from the stored leaves in the order of `seq`.
#[derive(Clone)]
pub struct Tree(MemoryBackedTree<Sha256, Leaf>);

impl HashableLeaf for Leaf {
    fn hash<H: ct_merkle::digest::Update>(&self, hasher: &mut H) {
        hasher.update(&self.0);
    }
}

impl Tree {
    /// No lines yet.
    pub fn new() -> Self {
        Self(MemoryBackedTree::new())
    }

    /// Puts the next line's leaf at the end.
    pub fn push(&mut self, leaf: Leaf) {
        self.0.push(leaf);
    }

    /// How many lines it holds.
    pub fn size(&self) -> u64 {
        self.0.len()
    }

    /// The root over all lines.
    pub fn root(&self) -> Root {
        Root((*self.0.root().as_bytes()).into())
    }

    /// The root over the first `size` lines, or `None` if there are not so many. Costs a walk over those lines
    /// unless `size` is the whole.
    pub fn root_at(&self, size: u64) -> Option<Root> {
        if size == self.size() {
            return Some(self.root());
        }
        let leaves = self.0.items().get(..usize::try_from(size).ok()?)?;
        Some(leaves.iter().copied().collect::<Self>().root())
    }

    /// A proof that the tree of `new` lines begins with the tree of `old` lines (RFC 6962 section 2.1.2), as its
    /// hashes one after another. `None` unless 0 < `old` ≤ `new` ≤ [`Self::size`].
    pub fn consistency(&self, old: u64, new: u64) -> Option<Vec<u8>> {
        if old == 0 || old > new || new > self.size() {
            return None;
        }
        let added = usize::try_from(new - old).ok()?;
        if new == self.size() {
            return Some(self.0.prove_consistency(added).as_bytes().to_vec());
        }
        let leaves = self.0.items().get(..usize::try_from(new).ok()?)?;
        Some(leaves.iter().copied().collect::<Self>().0.prove_consistency(added).as_bytes().to_vec())
    }

    /// Does `proof` show that the log with `new` begins with the log with `old`? Anybody can ask this: it needs the
    /// two checkpoints' sizes and roots, and no line.
    pub fn is_consistent(old: (u64, Root), new: (u64, Root), proof: &[u8]) -> bool {
        let root = |(size, root): (u64, Root)| RootHash::<Sha256>::new(root.0.into(), size);
        ConsistencyProof::try_from_bytes(proof.to_vec())
            .is_ok_and(|proof| root(new).verify_consistency(&root(old), &proof).is_ok())
    }
}

impl Default for Tree {
    fn default() -> Self {
        Self::new()
    }
}

impl FromIterator<Leaf> for Tree {
    fn from_iter<I: IntoIterator<Item = Leaf>>(leaves: I) -> Self {
        let mut tree = Self::new();
        tree.extend(leaves);
        tree
    }
}

impl Extend<Leaf> for Tree {
    fn extend<I: IntoIterator<Item = Leaf>>(&mut self, leaves: I) {
        leaves.into_iter().for_each(|leaf| self.push(leaf));
    }
}

impl std::fmt::Debug for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tree").field("size", &self.size()).finish_non_exhaustive()
    }
}
