//! The countries: their two letters, their English names, and the number one dials before a phone number there.

/// One country.
pub struct Country {
    /// Two letters, upper case.
    pub code: &'static str,
    /// Its name in English, as monday shows it.
    pub name: &'static str,
    /// The calling code without the plus.
    dial: &'static str,
    /// Whether a bare calling code means this country and not another one that shares it.
    first: bool,
}

/// Returns the country that a person names, by its code, its name, or what else people write.
pub fn named(text: &str) -> Option<&'static Country> {
    let text = text.trim();
    let by = |text: &str| {
        ALL.iter().find(|country| {
            country.code.eq_ignore_ascii_case(text) || country.name.eq_ignore_ascii_case(text)
        })
    };
    by(text).or_else(|| {
        let text = text.to_lowercase();
        by(OTHERWISE.iter().find(|(written, _)| *written == text)?.1)
    })
}

/// Returns the country in which a number is dialled: the longest calling code that it begins with.
pub fn dialled(digits: &str) -> Option<&'static Country> {
    ALL.iter()
        .filter(|country| country.first && digits.starts_with(country.dial))
        .max_by_key(|country| country.dial.len())
}

/// Returns whether a number begins with the calling code of the country with these letters.
pub fn begins_with_code_of(digits: &str, code: &str) -> bool {
    ALL.iter().any(|country| country.code == code && digits.starts_with(country.dial))
}

const fn country(code: &'static str, name: &'static str, dial: &'static str, first: bool) -> Country {
    Country { code, name, dial, first }
}

/// What people and systems write otherwise, in lower case. Only what means one country and nothing else.
#[rustfmt::skip]
static OTHERWISE: &[(&str, &str)] = &[
    ("usa", "US"), ("u.s.", "US"), ("u.s.a.", "US"), ("united states of america", "US"), ("the united states", "US"),
    ("états-unis", "US"), ("etats-unis", "US"), ("stati uniti", "US"), ("estados unidos", "US"), ("vereinigte staaten", "US"),
    ("uk", "GB"), ("u.k.", "GB"), ("gbr", "GB"), ("great britain", "GB"), ("royaume-uni", "GB"), ("regno unito", "GB"),
    ("united kingdom of great britain and northern ireland", "GB"), ("reino unido", "GB"), ("vereinigtes königreich", "GB"),
    ("fra", "FR"), ("francia", "FR"), ("frankreich", "FR"),
    ("ita", "IT"), ("italia", "IT"), ("italie", "IT"), ("italien", "IT"),
    ("deu", "DE"), ("deutschland", "DE"), ("allemagne", "DE"), ("germania", "DE"), ("alemania", "DE"),
    ("esp", "ES"), ("españa", "ES"), ("espagne", "ES"), ("spagna", "ES"), ("spanien", "ES"),
    ("che", "CH"), ("schweiz", "CH"), ("suisse", "CH"), ("svizzera", "CH"),
    ("aut", "AT"), ("österreich", "AT"), ("autriche", "AT"),
    ("bel", "BE"), ("belgique", "BE"), ("belgië", "BE"), ("belgio", "BE"),
    ("nld", "NL"), ("holland", "NL"), ("the netherlands", "NL"), ("nederland", "NL"), ("pays-bas", "NL"), ("paesi bassi", "NL"),
    ("can", "CA"), ("mex", "MX"), ("méxico", "MX"), ("bra", "BR"), ("brasil", "BR"), ("jpn", "JP"), ("aus", "AU"),
    ("czechia", "CZ"), ("czech republic", "CZ"), ("türkiye", "TR"), ("turkiye", "TR"), ("turkey", "TR"),
    ("russia", "RU"), ("russian federation", "RU"), ("viet nam", "VN"), ("vietnam", "VN"),
    ("south korea", "KR"), ("korea, republic of", "KR"), ("republic of korea", "KR"),
    ("taiwan", "TW"), ("chinese taipei", "TW"), ("hong kong sar", "HK"), ("prc", "CN"),
    ("uae", "AE"), ("u.a.e.", "AE"), ("moldova, republic of", "MD"), ("moldova", "MD"),
    ("iran, islamic republic of", "IR"), ("iran", "IR"), ("syrian arab republic", "SY"), ("syria", "SY"),
    ("tanzania, united republic of", "TZ"), ("tanzania", "TZ"), ("macedonia", "MK"), ("north macedonia", "MK"),
    ("côte d\u{2019}ivoire", "CI"), ("ivory coast", "CI"), ("cote d'ivoire", "CI"), ("brunei", "BN"),
    ("holy see (vatican city state)", "VA"), ("bolivia, plurinational state of", "BO"),
    ("venezuela, bolivarian republic of", "VE"), ("lao people's democratic republic", "LA"), ("laos", "LA"),
    ("congo, the democratic republic of the", "CD"), ("cabo verde", "CV"), ("swaziland", "SZ"), ("eswatini", "SZ"),
];

#[rustfmt::skip]
static ALL: &[Country] = &[
    country("AD", "Andorra", "376", true),
    country("AE", "United Arab Emirates", "971", true),
    country("AF", "Afghanistan", "93", true),
    country("AG", "Antigua and Barbuda", "1268", true),
    country("AI", "Anguilla", "1264", true),
    country("AL", "Albania", "355", true),
    country("AM", "Armenia", "374", true),
    country("AO", "Angola", "244", true),
    country("AQ", "Antarctica", "672", false),
    country("AR", "Argentina", "54", true),
    country("AS", "American Samoa", "1684", true),
    country("AT", "Austria", "43", true),
    country("AU", "Australia", "61", true),
    country("AW", "Aruba", "297", true),
    country("AX", "Åland Islands", "358", false),
    country("AZ", "Azerbaijan", "994", true),
    country("BA", "Bosnia and Herzegovina", "387", true),
    country("BB", "Barbados", "1246", true),
    country("BD", "Bangladesh", "880", true),
    country("BE", "Belgium", "32", true),
    country("BF", "Burkina Faso", "226", true),
    country("BG", "Bulgaria", "359", true),
    country("BH", "Bahrain", "973", true),
    country("BI", "Burundi", "257", true),
    country("BJ", "Benin", "229", true),
    country("BL", "Saint Barthélemy", "590", false),
    country("BM", "Bermuda", "1441", true),
    country("BN", "Brunei Darussalam", "673", true),
    country("BO", "Bolivia", "591", true),
    country("BQ", "Bonaire, Sint Eustatius and Saba", "599", false),
    country("BR", "Brazil", "55", true),
    country("BS", "Bahamas", "1242", true),
    country("BT", "Bhutan", "975", true),
    country("BV", "Bouvet Island", "47", false),
    country("BW", "Botswana", "267", true),
    country("BY", "Belarus", "375", true),
    country("BZ", "Belize", "501", true),
    country("CA", "Canada", "1", false),
    country("CC", "Cocos (Keeling) Islands", "61", false),
    country("CD", "Congo, Democratic Republic of", "243", true),
    country("CF", "Central African Republic", "236", true),
    country("CG", "Congo", "242", true),
    country("CH", "Switzerland", "41", true),
    country("CI", "Côte d'Ivoire", "225", true),
    country("CK", "Cook Islands", "682", true),
    country("CL", "Chile", "56", true),
    country("CM", "Cameroon", "237", true),
    country("CN", "China", "86", true),
    country("CO", "Colombia", "57", true),
    country("CR", "Costa Rica", "506", true),
    country("CU", "Cuba", "53", true),
    country("CV", "Cape Verde", "238", true),
    country("CW", "Curaçao", "599", true),
    country("CX", "Christmas Island", "61", false),
    country("CY", "Cyprus", "357", true),
    country("CZ", "Czech Republic", "420", true),
    country("DE", "Germany", "49", true),
    country("DJ", "Djibouti", "253", true),
    country("DK", "Denmark", "45", true),
    country("DM", "Dominica", "1767", true),
    country("DO", "Dominican Republic", "1809", true),
    country("DZ", "Algeria", "213", true),
    country("EC", "Ecuador", "593", true),
    country("EE", "Estonia", "372", true),
    country("EG", "Egypt", "20", true),
    country("EH", "Western Sahara", "212", false),
    country("ER", "Eritrea", "291", true),
    country("ES", "Spain", "34", true),
    country("ET", "Ethiopia", "251", true),
    country("FI", "Finland", "358", true),
    country("FJ", "Fiji", "679", true),
    country("FK", "Falkland Islands", "500", true),
    country("FM", "Micronesia", "691", true),
    country("FO", "Faroe Islands", "298", true),
    country("FR", "France", "33", true),
    country("GA", "Gabon", "241", true),
    country("GB", "United Kingdom", "44", true),
    country("GD", "Grenada", "1473", true),
    country("GE", "Georgia", "995", true),
    country("GF", "French Guiana", "594", true),
    country("GG", "Guernsey", "44", false),
    country("GH", "Ghana", "233", true),
    country("GI", "Gibraltar", "350", true),
    country("GL", "Greenland", "299", true),
    country("GM", "Gambia", "220", true),
    country("GN", "Guinea", "224", true),
    country("GP", "Guadeloupe", "590", true),
    country("GQ", "Equatorial Guinea", "240", true),
    country("GR", "Greece", "30", true),
    country("GS", "South Georgia and the South Sandwich Islands", "500", false),
    country("GT", "Guatemala", "502", true),
    country("GU", "Guam", "1671", true),
    country("GW", "Guinea-Bissau", "245", true),
    country("GY", "Guyana", "592", true),
    country("HK", "Hong Kong", "852", true),
    country("HM", "Heard Island and McDonald Islands", "672", false),
    country("HN", "Honduras", "504", true),
    country("HR", "Croatia", "385", true),
    country("HT", "Haiti", "509", true),
    country("HU", "Hungary", "36", true),
    country("ID", "Indonesia", "62", true),
    country("IE", "Ireland", "353", true),
    country("IL", "Israel", "972", true),
    country("IM", "Isle of Man", "44", false),
    country("IN", "India", "91", true),
    country("IO", "British Indian Ocean Territory", "246", true),
    country("IQ", "Iraq", "964", true),
    country("IR", "Iran", "98", true),
    country("IS", "Iceland", "354", true),
    country("IT", "Italy", "39", true),
    country("JE", "Jersey", "44", false),
    country("JM", "Jamaica", "1876", true),
    country("JO", "Jordan", "962", true),
    country("JP", "Japan", "81", true),
    country("KE", "Kenya", "254", true),
    country("KG", "Kyrgyzstan", "996", true),
    country("KH", "Cambodia", "855", true),
    country("KI", "Kiribati", "686", true),
    country("KM", "Comoros", "269", true),
    country("KN", "Saint Kitts and Nevis", "1869", true),
    country("KP", "North Korea", "850", true),
    country("KR", "South Korea", "82", true),
    country("KW", "Kuwait", "965", true),
    country("KY", "Cayman Islands", "1345", true),
    country("KZ", "Kazakhstan", "77", true),
    country("LA", "Laos", "856", true),
    country("LB", "Lebanon", "961", true),
    country("LC", "Saint Lucia", "1758", true),
    country("LI", "Liechtenstein", "423", true),
    country("LK", "Sri Lanka", "94", true),
    country("LR", "Liberia", "231", true),
    country("LS", "Lesotho", "266", true),
    country("LT", "Lithuania", "370", true),
    country("LU", "Luxembourg", "352", true),
    country("LV", "Latvia", "371", true),
    country("LY", "Libya", "218", true),
    country("MA", "Morocco", "212", true),
    country("MC", "Monaco", "377", true),
    country("MD", "Moldova", "373", true),
    country("ME", "Montenegro", "382", true),
    country("MF", "Saint Martin", "590", false),
    country("MG", "Madagascar", "261", true),
    country("MH", "Marshall Islands", "692", true),
    country("MK", "North Macedonia", "389", true),
    country("ML", "Mali", "223", true),
    country("MM", "Myanmar", "95", true),
    country("MN", "Mongolia", "976", true),
    country("MO", "Macao", "853", true),
    country("MP", "Northern Mariana Islands", "1670", true),
    country("MQ", "Martinique", "596", true),
    country("MR", "Mauritania", "222", true),
    country("MS", "Montserrat", "1664", true),
    country("MT", "Malta", "356", true),
    country("MU", "Mauritius", "230", true),
    country("MV", "Maldives", "960", true),
    country("MW", "Malawi", "265", true),
    country("MX", "Mexico", "52", true),
    country("MY", "Malaysia", "60", true),
    country("MZ", "Mozambique", "258", true),
    country("NA", "Namibia", "264", true),
    country("NC", "New Caledonia", "687", true),
    country("NE", "Niger", "227", true),
    country("NF", "Norfolk Island", "672", true),
    country("NG", "Nigeria", "234", true),
    country("NI", "Nicaragua", "505", true),
    country("NL", "Netherlands", "31", true),
    country("NO", "Norway", "47", true),
    country("NP", "Nepal", "977", true),
    country("NR", "Nauru", "674", true),
    country("NU", "Niue", "683", true),
    country("NZ", "New Zealand", "64", true),
    country("OM", "Oman", "968", true),
    country("PA", "Panama", "507", true),
    country("PE", "Peru", "51", true),
    country("PF", "French Polynesia", "689", true),
    country("PG", "Papua New Guinea", "675", true),
    country("PH", "Philippines", "63", true),
    country("PK", "Pakistan", "92", true),
    country("PL", "Poland", "48", true),
    country("PM", "Saint Pierre and Miquelon", "508", true),
    country("PN", "Pitcairn", "64", false),
    country("PR", "Puerto Rico", "1787", true),
    country("PS", "Palestine", "970", true),
    country("PT", "Portugal", "351", true),
    country("PW", "Palau", "680", true),
    country("PY", "Paraguay", "595", true),
    country("QA", "Qatar", "974", true),
    country("RE", "Réunion", "262", true),
    country("RO", "Romania", "40", true),
    country("RS", "Serbia", "381", true),
    country("RU", "Russia", "7", true),
    country("RW", "Rwanda", "250", true),
    country("SA", "Saudi Arabia", "966", true),
    country("SB", "Solomon Islands", "677", true),
    country("SC", "Seychelles", "248", true),
    country("SD", "Sudan", "249", true),
    country("SE", "Sweden", "46", true),
    country("SG", "Singapore", "65", true),
    country("SH", "Saint Helena", "290", true),
    country("SI", "Slovenia", "386", true),
    country("SJ", "Svalbard and Jan Mayen", "47", false),
    country("SK", "Slovakia", "421", true),
    country("SL", "Sierra Leone", "232", true),
    country("SM", "San Marino", "378", true),
    country("SN", "Senegal", "221", true),
    country("SO", "Somalia", "252", true),
    country("SR", "Suriname", "597", true),
    country("SS", "South Sudan", "211", true),
    country("ST", "Sao Tome and Principe", "239", true),
    country("SV", "El Salvador", "503", true),
    country("SX", "Sint Maarten", "1721", true),
    country("SY", "Syria", "963", true),
    country("SZ", "Eswatini", "268", true),
    country("TC", "Turks and Caicos Islands", "1649", true),
    country("TD", "Chad", "235", true),
    country("TF", "French Southern Territories", "262", false),
    country("TG", "Togo", "228", true),
    country("TH", "Thailand", "66", true),
    country("TJ", "Tajikistan", "992", true),
    country("TK", "Tokelau", "690", true),
    country("TL", "Timor-Leste", "670", true),
    country("TM", "Turkmenistan", "993", true),
    country("TN", "Tunisia", "216", true),
    country("TO", "Tonga", "676", true),
    country("TR", "Turkey", "90", true),
    country("TT", "Trinidad and Tobago", "1868", true),
    country("TV", "Tuvalu", "688", true),
    country("TW", "Taiwan", "886", true),
    country("TZ", "Tanzania", "255", true),
    country("UA", "Ukraine", "380", true),
    country("UG", "Uganda", "256", true),
    country("UM", "United States Minor Outlying Islands", "1", false),
    country("US", "United States", "1", true),
    country("UY", "Uruguay", "598", true),
    country("UZ", "Uzbekistan", "998", true),
    country("VA", "Vatican City", "39", false),
    country("VC", "Saint Vincent and the Grenadines", "1784", true),
    country("VE", "Venezuela", "58", true),
    country("VG", "Virgin Islands, British", "1284", true),
    country("VI", "Virgin Islands, U.S.", "1340", true),
    country("VN", "Vietnam", "84", true),
    country("VU", "Vanuatu", "678", true),
    country("WF", "Wallis and Futuna", "681", true),
    country("WS", "Samoa", "685", true),
    country("YE", "Yemen", "967", true),
    country("YT", "Mayotte", "262", false),
    country("ZA", "South Africa", "27", true),
    country("ZM", "Zambia", "260", true),
    country("ZW", "Zimbabwe", "263", true),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_tells_its_country() {
        for (digits, code) in [
            ("33612345678", "FR"),
            ("13058675309", "US"),
            ("447911123456", "GB"),
            ("18765550000", "JM"),
            ("393401234567", "IT"),
            ("35312345678", "IE"),
        ] {
            assert_eq!(dialled(digits).map(|country| country.code), Some(code), "{digits}");
        }
        assert!(dialled("0612345678").is_none());
        assert!(begins_with_code_of("447911123456", "GG") && !begins_with_code_of("0612345678", "FR"));
        assert!(!begins_with_code_of("447911123456", "FR"), "it is the code of another");
    }

    #[test]
    fn a_country_is_known_by_code_and_by_name() {
        for text in ["FR", "fr", "France", " france "] {
            assert_eq!(named(text).map(|country| country.code), Some("FR"), "{text:?}");
        }
        for text in ["USA", "us", "United States", " U.S.A. ", "United States of America", "Stati Uniti"] {
            assert_eq!(named(text).map(|country| country.code), Some("US"), "{text:?}");
        }
        assert!(named("Franconia").is_none() && named("").is_none());
    }

    #[test]
    fn what_is_written_otherwise_is_lower_case_and_means_a_country() {
        for (written, code) in OTHERWISE {
            assert_eq!(*written, written.to_lowercase());
            assert_eq!(named(written).map(|country| country.code), Some(*code), "{written}");
        }
    }
}
