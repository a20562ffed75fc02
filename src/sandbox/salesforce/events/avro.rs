//! Avro's binary form, as far as change events need it. Knows nothing of the org.

/// Writes a whole number, small ones short, negative ones too.
pub(super) fn long(out: &mut Vec<u8>, number: i64) {
    let mut rest = (number.cast_unsigned() << 1) ^ (number >> 63).cast_unsigned();
    loop {
        let low = u8::try_from(rest & 0x7f).unwrap_or(0);
        rest >>= 7;
        if rest == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Writes text behind its length.
pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    long(out, i64::try_from(text.len()).unwrap_or(0));
    out.extend_from_slice(text.as_bytes());
}

/// Writes a list of texts as one block.
pub(super) fn texts(out: &mut Vec<u8>, list: &[String]) {
    if !list.is_empty() {
        long(out, i64::try_from(list.len()).unwrap_or(0));
        for one in list {
            text(out, one);
        }
    }
    long(out, 0);
}

/// Writes a floating-point number.
pub(super) fn double(out: &mut Vec<u8>, number: f64) {
    out.extend_from_slice(&number.to_le_bytes());
}

/// Writes yes or no.
pub(super) fn boolean(out: &mut Vec<u8>, yes: bool) {
    out.push(u8::from(yes));
}

/// Chooses a branch of a union.
pub(super) fn branch(out: &mut Vec<u8>, number: i64) {
    long(out, number);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
        let mut out = Vec::new();
        write(&mut out);
        out
    }

    #[test]
    fn numbers_are_those_of_the_specification() {
        for (number, expected) in [
            (0, vec![0]),
            (-1, vec![1]),
            (1, vec![2]),
            (-2, vec![3]),
            (-64, vec![0x7f]),
            (64, vec![0x80, 0x01]),
            (i64::MIN, vec![0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
        ] {
            assert_eq!(written(|out| long(out, number)), expected, "{number}");
        }
    }

    #[test]
    fn texts_stand_behind_their_lengths() {
        assert_eq!(written(|out| text(out, "foo")), [6, b'f', b'o', b'o']);
        assert_eq!(written(|out| texts(out, &["a".into(), String::new()])), [4, 2, b'a', 0, 0]);
        assert_eq!(written(|out| texts(out, &[])), [0]);
    }
}
