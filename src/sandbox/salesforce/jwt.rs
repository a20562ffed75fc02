//! The JWT bearer grant: assertions that a client signs with a key of its own.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::Value;

use super::gate::CLIENT_ID;
use super::oauth::{Granted, Refusal};
use super::server::Inner;

/// The grant's name at the token endpoint.
pub(super) const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// An assertion may not hold for longer than this, in seconds.
const LIFE: i64 = 300;

/// How `rsaEncryption` begins the key in certificates and public keys alike.
const RSA: [u8; 13] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

const INVALID: Refusal = ("invalid_grant", "invalid assertion");

impl Inner {
    /// A session for the user whom a signed assertion names.
    pub(super) fn jwt_grant(&self, assertion: &str, origin: &str) -> Result<Granted, Refusal> {
        let key = public_key(&self.read().settings.jwt_certificate).ok_or(INVALID)?;
        let (signed, signature) = assertion.rsplit_once('.').ok_or(INVALID)?;
        let (head, body) = signed.split_once('.').ok_or(INVALID)?;
        let head = part(head).ok_or(INVALID)?;
        if head.get("alg").and_then(Value::as_str) != Some("RS256") {
            return Err(INVALID);
        }
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| INVALID)?;
        let verified =
            UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(signed.as_bytes(), &signature);
        verified.map_err(|_| INVALID)?;
        let claims = part(body).ok_or(INVALID)?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
        if text("iss") != CLIENT_ID {
            return Err(("invalid_client_id", "client identifier invalid"));
        }
        let audience = text("aud").trim_end_matches('/');
        if !["https://login.salesforce.com", "https://test.salesforce.com", origin].contains(&audience) {
            return Err(("invalid_grant", "Audience validation failed"));
        }
        let ends = claims.get("exp").and_then(moment).ok_or(INVALID)?;
        if !(self.now()..=self.now() + LIFE).contains(&ends) {
            return Err(INVALID);
        }
        let username =
            [text("sub"), text("prn")].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        if self.read().user(username).is_none() {
            return Err(("invalid_grant", "user hasn't approved this consumer"));
        }
        self.session_grant(username)
    }
}

fn part(text: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?).ok()
}

/// Seconds, from a number or its text, in seconds or milliseconds: clients do all of it.
fn moment(claim: &Value) -> Option<i64> {
    let number = match claim {
        Value::String(text) => text.parse().ok()?,
        #[expect(clippy::cast_possible_truncation, reason = "no moment of interest is that far away")]
        other => other.as_i64().or_else(|| other.as_f64().map(|number| number as i64))?,
    };
    Some(if number > 100_000_000_000 { number / 1000 } else { number })
}

/// The RSA key in a certificate or a public key.
pub(super) fn public_key(pem: &str) -> Option<Vec<u8>> {
    let lines = pem.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('-'));
    let der = STANDARD.decode(lines.collect::<String>()).ok()?;
    let at = der.windows(RSA.len()).position(|window| window == RSA)? + RSA.len();
    // A bit string with a length of two bytes and no bits left over.
    let [0x03, 0x82, high, low, 0x00, key @ ..] = der.get(at..)? else { return None };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    key.get(..length.checked_sub(1)?).map(<[u8]>::to_vec)
}
