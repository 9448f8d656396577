//! Who signs bundles: Ed25519 (RFC 8032).

use std::fmt;
use std::str::FromStr;

use ed25519_compact::{KeyPair, Seed, Signature};

pub(super) const KEY: usize = ed25519_compact::PublicKey::BYTES;
pub(super) const SIGNATURE: usize = Signature::BYTES;

/// A key that signatures are held against: 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey([u8; KEY]);

/// A key that signs. Whoever has it signs for its owner.
#[derive(Clone)]
pub struct SecretKey(KeyPair);

/// A text that is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadKey;

impl fmt::Display for BadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key has 64 hexadecimal digits")
    }
}

impl std::error::Error for BadKey {}

impl PublicKey {
    pub(super) fn of(bytes: [u8; KEY]) -> Self {
        Self(bytes)
    }

    pub(super) fn bytes(&self) -> &[u8; KEY] {
        &self.0
    }

    /// Whether its owner has signed a hash.
    pub(super) fn has_signed(&self, hash: &[u8], signature: &[u8; SIGNATURE]) -> bool {
        ed25519_compact::PublicKey::new(self.0).verify(message(hash), &Signature::new(*signature)).is_ok()
    }
}

impl SecretKey {
    /// The key that 32 bytes make, which nobody must be able to guess.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(KeyPair::from_seed(Seed::new(seed)))
    }

    /// The key that its signatures are held against.
    pub fn public(&self) -> PublicKey {
        PublicKey(*self.0.pk)
    }

    pub(super) fn sign(&self, hash: &[u8]) -> [u8; SIGNATURE] {
        *self.0.sk.sign(message(hash), None)
    }
}

/// Never the key itself.
impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey of {}", self.public())
    }
}

/// What is signed: no signature of something else can be taken for one of a bundle.
fn message(hash: &[u8]) -> Vec<u8> {
    [b"takeback bundle\n", hash].concat()
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl FromStr for PublicKey {
    type Err = BadKey;
    fn from_str(text: &str) -> Result<Self, BadKey> {
        digits(text).map(Self)
    }
}

/// The 32 bytes that a key is made of, in hexadecimal digits.
impl FromStr for SecretKey {
    type Err = BadKey;
    fn from_str(text: &str) -> Result<Self, BadKey> {
        digits(text).map(Self::from_seed)
    }
}

fn digits(text: &str) -> Result<[u8; 32], BadKey> {
    let text = text.trim().as_bytes();
    let mut bytes = [0; 32];
    let (pairs, []) = text.as_chunks::<2>() else { return Err(BadKey) };
    if pairs.len() != bytes.len() {
        return Err(BadKey);
    }
    for (byte, pair) in bytes.iter_mut().zip(pairs) {
        for digit in pair {
            let digit = char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).ok_or(BadKey)?;
            *byte = *byte << 4 | digit;
        }
    }
    Ok(bytes)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}
