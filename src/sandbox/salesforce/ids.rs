//! Record ids: three characters of key prefix, twelve of place and number, three of check characters.

use std::fmt;

/// The alphabet of ids; its order is also the order in which ids sort.
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The alphabet of check characters.
const CHECK: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// Where this org's ids live: the pod and its reserved character.
const POD: &[u8; 3] = b"Qy0";

/// The key prefix of orgs.
const ORGANIZATION: &str = "00D";

/// The number of the first record of every object; real orgs share their pod with others.
const FIRST: u64 = 14_776_336 * 5;

/// An 18-character record id with right check characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Id([u8; 18]);

impl Id {
    /// The id of the `slot`th record of the object with this key prefix.
    pub(super) fn of(prefix: &str, slot: u32) -> Self {
        let mut id = [b'0'; 15];
        for (place, byte) in id.iter_mut().zip(prefix.bytes().take(3).chain(POD.iter().copied())) {
            *place = byte;
        }
        let mut number = FIRST + u64::from(slot);
        for place in id.iter_mut().skip(6).rev() {
            let digit = usize::try_from(number % 62).unwrap_or(0);
            *place = ALPHABET.get(digit).copied().unwrap_or(b'0');
            number /= 62;
        }
        Self::with_check(id)
    }

    /// The id of the org itself: another one for another seed.
    pub(super) fn organization(seed: u64) -> Self {
        // The seed that is used when none is named keeps the id that it always had.
        let number = seed.wrapping_sub(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        Self::of(ORGANIZATION, u32::try_from(number).unwrap_or(0))
    }

    /// Reads an id of 15 or 18 characters; `None` when length, alphabet or check characters are wrong.
    ///
    /// Check characters are compared regardless of case, and repair the case of what they check.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if !bytes.iter().all(u8::is_ascii_alphanumeric) {
            return None;
        }
        let mut head: [u8; 15] = bytes.get(..15)?.try_into().ok()?;
        match bytes.len() {
            15 => Some(Self::with_check(head)),
            18 => {
                for (group, check) in head.chunks_mut(5).zip(bytes.get(15..)?) {
                    let bits = CHECK.iter().position(|known| *known == check.to_ascii_uppercase())?;
                    for (place, byte) in group.iter_mut().enumerate() {
                        let upper = bits >> place & 1 == 1;
                        if upper && !byte.is_ascii_alphabetic() {
                            return None;
                        }
                        *byte = if upper { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() };
                    }
                }
                Some(Self::with_check(head))
            }
            _ => None,
        }
    }

    fn with_check(head: [u8; 15]) -> Self {
        let mut id = [0; 18];
        let (front, check) = id.split_at_mut(15);
        front.copy_from_slice(&head);
        for (group, place) in head.chunks(5).zip(check) {
            let bits: usize = group
                .iter()
                .enumerate()
                .map(|(place, byte)| usize::from(byte.is_ascii_uppercase()) << place)
                .sum();
            *place = CHECK.get(bits).copied().unwrap_or(b'A');
        }
        Self(id)
    }

    /// The 18 characters.
    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The 15 characters without check characters.
    pub(super) fn short(&self) -> &str {
        self.as_str().get(..15).unwrap_or_default()
    }

    /// The key prefix.
    pub(super) fn prefix(&self) -> &str {
        self.as_str().get(..3).unwrap_or_default()
    }

    /// The place of the record in its table, if the id is one that this org gave.
    pub(super) fn slot(&self) -> Option<u32> {
        if self.prefix() == ORGANIZATION {
            // An org knows no other one.
            return Some(0);
        }
        let [_, _, _, a, b, c, digits @ .., _, _, _] = &self.0;
        if [*a, *b, *c] != *POD {
            return None;
        }
        let number = digits.iter().try_fold(0_u64, |number, byte| {
            let digit = match byte {
                b'0'..=b'9' => byte - b'0',
                b'A'..=b'Z' => byte - b'A' + 10,
                b'a'..=b'z' => byte - b'a' + 36,
                _ => return None,
            };
            Some(number * 62 + u64::from(digit))
        })?;
        u32::try_from(number.checked_sub(FIRST)?).ok()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_characters_are_those_of_published_ids() {
        for real in ["001D000000IRFmaIAH", "005R0000000UyrWIAS", "750R0000000zlh9IAA", "01gD0000002HU6KIAW"] {
            let short = Id::parse(&real[..15]).unwrap();
            assert_eq!(short.as_str(), real);
            assert_eq!(Id::parse(&real.to_lowercase()).map(|id| id.to_string()), Some(real.to_owned()));
        }
        assert_eq!(Id::parse("000000000000000").unwrap().as_str(), "000000000000000AAA");
    }

    #[test]
    fn wrong_ids_are_refused() {
        for wrong in
            ["", "001", "001D000000IRFma!", "001D000000IRFmaI", "001D000000IRFma-AH", "001D000000IRFma9AH"]
        {
            assert_eq!(Id::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn orgs_of_other_seeds_are_other_orgs() {
        assert_eq!(Id::organization(1), Id::of("00D", 0));
        let ids: std::collections::BTreeSet<Id> = (0..100).map(Id::organization).collect();
        assert_eq!(ids.len(), 100);
        assert!(ids.iter().all(|id| Id::parse(id.as_str()) == Some(*id) && id.slot() == Some(0)));
    }

    #[test]
    fn a_slot_survives_its_id() {
        for slot in [0, 1, 61, 62, 1_000_000] {
            let id = Id::of("00Q", slot);
            assert_eq!((id.slot(), id.prefix(), id.as_str().len()), (Some(slot), "00Q", 18));
            assert!(Id::of("00Q", slot + 1) > id);
        }
    }
}
