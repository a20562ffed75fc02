//! Every code that a remote's table knows is explained to people, in every language.

use syncdeck::domain::converted::CONVERTED;
use syncdeck::domain::failure::Class;
use syncdeck::domain::matching::SEVERAL_MATCHES;
use syncdeck::domain::parents::PARENT_MISSING;
use syncdeck::domain::people::OWNER_DEFAULT;
use syncdeck::remote;
use syncdeck::words::{Lang, Words};

const CLASSES: [Class; 10] = [
    Class::Auth,
    Class::Cap,
    Class::Limit,
    Class::Lock,
    Class::Busy,
    Class::Valid,
    Class::Perm,
    Class::Dup,
    Class::Map,
    Class::Bug,
];

fn gaps(words: &Words) -> Vec<String> {
    let mut keys = Vec::new();
    let ours = [CONVERTED, PARENT_MISSING, OWNER_DEFAULT, SEVERAL_MATCHES];
    for code in remote::codes().chain(ours) {
        let code = code.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        keys.extend(["title", "explanation", "fix"].map(|part| format!("error-{code}-{part}")));
    }
    for class in CLASSES {
        keys.extend(["title", "explanation", "fix"].map(|part| format!("class-{}-{part}", class.name())));
        keys.push(format!("who-{}", class.who()));
        keys.push(format!("remedy-{}", class.remedy()));
    }
    keys.retain(|key| !words.has(key));
    keys
}

#[test]
fn every_code_is_explained_in_every_language() {
    for lang in Lang::ALL {
        assert_eq!(gaps(&Words::new(lang)), Vec::<String>::new(), "{lang:?}");
    }
}
