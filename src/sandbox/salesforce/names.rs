//! Names of people, companies and places, as a real org holds them: in every script, and now and then strange.

use fastrand::Rng;

const FIRST: &[&str] = &[
    "Anna",
    "Marco",
    "Julie",
    "Jean-François",
    "Zoë",
    "Łukasz",
    "Søren",
    "Aylin",
    "Nguyễn",
    "María José",
    "Olga",
    "Pierre",
    "Giulia",
    "Luca",
    "Chloé",
    "Björn",
    "Siobhán",
    "Ahmed",
    "Yuki",
    "Wei",
    "Priya",
    "Ibrahim",
    "Eva",
    "Tom",
    "Камилла",
    "Дмитрий",
    "Ελένη",
    "דוד",
    "נועה",
    "محمد",
    "فاطمة",
    "美咲",
    "伟",
    "지훈",
    "Ana",
    "O'Neil",
    "Xóchitl",
    "Renée",
    "Ümit",
    "Inès",
];

const LAST: &[&str] = &[
    "Müller",
    "Rossi",
    "Dupont",
    "García López",
    "O'Brien",
    "Smith",
    "Nowak",
    "Jørgensen",
    "Yılmaz",
    "Nguyễn Thị",
    "Иванова",
    "Παπαδόπουλος",
    "כהן",
    "לוי",
    "العلي",
    "حسن",
    "田中",
    "王",
    "김",
    "D'Angelo",
    "van der Berg",
    "de la Cruz",
    "Bianchi",
    "Lefèvre",
    "Schröder",
    "Kowalczyk",
    "Åkesson",
    "Lee",
    "Brown",
    "MacDonald",
    "Ferrari",
    "Martin",
    "Petit",
    "Conti",
    "Weiß",
    "Sánchez",
    "Novák",
    "Horváth",
    "Öztürk",
    "St. John-Smythe",
];

const COMPANY: &[&str] = &[
    "Acme",
    "Globex",
    "Initech",
    "Umbrella",
    "Stark & Söhne",
    "Café Lumière",
    "Boulangerie Martin",
    "Officine Rossi",
    "Nordlicht",
    "Sakura 商事",
    "北京科技",
    "Газмаш",
    "شركة النور",
    "טכנולוגיות גל",
    "Ñandú Viajes",
    "Łódź Steel",
    "Ærø Shipping",
    "Quick \"Fix\" Repairs",
    "Smith, Jones & Co",
    "Tab\u{9}Works",
    "O'Hara Farms",
    "Zürich Re-Pack",
    "Vino & Più",
    "Hôtel de l'Étoile",
    "Blue 🐳 Labs",
    "Data;Semicolon",
    "Slash/Back\\slash",
    "100% Natural",
    "Under_score",
    "<Angle> Media",
];

const KIND: &[&str] =
    &["GmbH", "S.p.A.", "SARL", "Ltd", "Inc.", "SA", "S.r.l.", "AG", "B.V.", "LLC", "Group", "& Fils"];

const TITLE: &[&str] = &[
    "CEO",
    "Directrice commerciale",
    "Responsabile acquisti",
    "VP Sales",
    "Einkäufer",
    "Head of IT",
    "CFO",
    "Office Manager",
    "Geschäftsführer",
    "Ingénieur",
    "買い手",
    "Owner 🚀",
    "Developer",
    "Head of R&D",
];

const CITY: &[(&str, &str, &str, &str)] = &[
    ("Paris", "Île-de-France", "75001", "France"),
    ("Milano", "MI", "20121", "Italy"),
    ("San Francisco", "CA", "94105", "United States"),
    ("München", "Bayern", "80331", "Germany"),
    ("Łódź", "Łódzkie", "90-001", "Poland"),
    ("תל אביב", "", "6100000", "Israel"),
    ("東京", "", "100-0001", "Japan"),
    ("Reykjavík", "", "101", "Iceland"),
    ("São Paulo", "SP", "01000-000", "Brazil"),
    ("Zürich", "ZH", "8001", "Switzerland"),
];

/// First and last name.
pub(super) fn person(chance: &mut Rng) -> (&'static str, &'static str) {
    (pick(chance, FIRST), pick(chance, LAST))
}

/// The name of a company.
pub(super) fn company(chance: &mut Rng) -> String {
    format!("{} {} {}", pick(chance, COMPANY), pick(chance, KIND), chance.u32(1..10_000))
}

/// A title at work.
pub(super) fn title(chance: &mut Rng) -> &'static str {
    pick(chance, TITLE)
}

/// City, state, postal code and country.
pub(super) fn place(chance: &mut Rng) -> (&'static str, &'static str, &'static str, &'static str) {
    let number = chance.usize(0..CITY.len());
    CITY.get(number).copied().unwrap_or(("Paris", "", "75001", "France"))
}

/// A phone number, written as people write them.
pub(super) fn phone(chance: &mut Rng) -> String {
    let mut digits = |count: usize| (0..count).map(|_| chance.digit(10)).collect::<String>();
    let (a, b, c, d) = (digits(2), digits(2), digits(3), digits(4));
    match a.as_bytes().first().map_or(0, |byte| byte % 4) {
        0 => format!("+33 6 {a} {b} {d}"),
        1 => format!("(415) {c}-{d}"),
        2 => format!("+39 02 {c}{d}"),
        _ => format!("00{a}{b}{c}{d} ext. {a}"),
    }
}

/// A text of several lines, sometimes with what no client expects.
pub(super) fn note(chance: &mut Rng) -> String {
    match chance.u8(0..8) {
        0 => "Met at the fair.\r\nWants a quote by Friday – budget ≈ 12 k€.".into(),
        1 => "שיחה טובה עם הלקוח, לחזור אליו ביום שני".into(),
        2 => "Null\u{0}free but with\u{b}vertical tab, bell\u{7} and next\u{85}line".replace('\u{0}', ""),
        3 => "👩‍👩‍👧‍👦 family business; prefers ☎️ over ✉️".into(),
        4 => "<p>Copied from a web page &amp; never cleaned</p>".into(),
        5 => "e\u{301}crit en forme de\u{301}compose\u{301}e; zero\u{200b}width; \u{202e}overridden".into(),
        6 => "Long story. ".repeat(chance.usize(100..400)),
        _ => "Follow up".into(),
    }
}

fn pick(chance: &mut Rng, list: &[&'static str]) -> &'static str {
    list.get(chance.usize(0..list.len())).copied().unwrap_or_default()
}
