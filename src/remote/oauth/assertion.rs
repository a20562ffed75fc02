//! Assertions for the JWT bearer grant: who asks, for whom, signed with a key of our own.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use zeroize::Zeroizing;

use crate::domain::failure::{Class, Failure, Kind};
use crate::domain::time::{MINUTE, SECOND, Stamp};

/// The grant's name at the token endpoint.
pub(super) const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The code of a key that signs nothing.
pub(super) const BAD_KEY: &str = "BAD_PRIVATE_KEY";

/// How long an assertion holds; Salesforce takes no longer ones than a few minutes.
const LIFE: i64 = 3 * MINUTE;

/// What an assertion says.
pub(super) struct Claims<'c> {
    /// The consumer key of the app.
    pub(super) client: &'c str,
    /// The user as whom to sign in.
    pub(super) subject: &'c str,
    /// Whom it is for: where tokens come from.
    pub(super) audience: &'c str,
}

impl Claims<'_> {
    /// Returns the assertion, signed with a key in PEM.
    pub(super) fn signed(&self, key: &SecretString, now: Stamp) -> Result<String, Failure> {
        let key = key_pair(key.expose_secret())?;
        let claims = json!({
            "iss": self.client, "sub": self.subject, "aud": self.audience, "exp": now.plus(LIFE).0 / SECOND,
        });
        let head = URL_SAFE_NO_PAD.encode(br#"{"alg":"RS256"}"#);
        let text = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let mut signature = vec![0; key.public().modulus_len()];
        key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature)
            .map_err(|_| bad("it cannot sign"))?;
        Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// Reads an RSA key in PEM, as PKCS #8 or PKCS #1.
fn key_pair(pem: &str) -> Result<RsaKeyPair, Failure> {
    let lines = pem.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('-'));
    let text = Zeroizing::new(lines.collect::<String>());
    let der = Zeroizing::new(STANDARD.decode(text.as_bytes()).map_err(|_| bad("it is no PEM"))?);
    RsaKeyPair::from_pkcs8(&der).or_else(|_| RsaKeyPair::from_der(&der)).map_err(|error| {
        bad(&format!("it is no RSA key of 2048 bits or more, without a passphrase ({error})"))
    })
}

fn bad(why: &str) -> Failure {
    Failure::new(Kind::Connection, Class::Auth, BAD_KEY, &format!("the private key of the connection: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_none_is_told_without_showing_it() {
        for pem in ["", "not a key", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----"] {
            let failure = key_pair(pem).unwrap_err();
            assert_eq!((&*failure.code, failure.kind), (BAD_KEY, Kind::Connection));
            assert!(!failure.message.contains("c2Vj"), "{}", failure.message);
        }
    }
}
