//! News agencies, each by one name whatever it signs as.

use std::fmt;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The name of a news agency, such as "Reuters". Those that are known go by one name each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Agency(String);

impl Agency {
    /// Returns the known agency of this name: `Agence France-Presse` and `afp` are both `AFP`. Names of
    /// two letters count in capitals only.
    pub fn known(name: &str) -> Option<Self> {
        let name = name.trim_matches(|letter: char| {
            letter.is_whitespace()
                || matches!(letter, '.' | '(' | ')' | '[' | ']' | '*' | '"' | '@')
        });
        if name.len() == 2 && !name.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return None;
        }
        let lower = name.to_lowercase();
        let known = |name: &str| NAMES.get(name).map(|name| Self((*name).to_owned()));
        known(&lower).or_else(|| {
            let bare = PREFIXES.iter().find_map(|prefix| lower.strip_prefix(prefix));
            let bare = bare.unwrap_or(&lower);
            known(SUFFIXES.iter().find_map(|suffix| bare.strip_suffix(suffix)).unwrap_or(bare))
        })
    }

    /// Returns the agency of this name, known or not, or `None` when nothing but white space is in it.
    pub fn new(name: &str) -> Option<Self> {
        let as_written = || (!name.trim().is_empty()).then(|| Self(name.trim().to_owned()));
        Self::known(name).or_else(as_written)
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Agency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// By all that an agency signs as, in lower case, its name.
static NAMES: LazyLock<FxHashMap<String, &'static str>> = LazyLock::new(|| {
    let forms = |(name, forms): &(&'static str, &'static [&str])| {
        let name = *name;
        let itself = std::iter::once((name.to_lowercase(), name));
        itself.chain(forms.iter().map(move |form| ((*form).to_owned(), name)))
    };
    AGENCIES.iter().flat_map(forms).collect()
});

/// Agencies by the names that are kept of them, and what else they sign as, in lower case.
const AGENCIES: &[(&str, &[&str])] = &[
    ("AAP", &["australian associated press"]),
    (
        "AFP",
        &[
            "agence france-presse",
            "agence france presse",
            "afp.com",
            "афп",
            "فرانس برس",
            "أ ف ب",
            "أ.ف.ب",
            "法新社",
        ],
    ),
    ("ANA-MPA", &["απε-μπε", "απε", "amna.gr"]),
    ("ANP", &["algemeen nederlands persbureau"]),
    ("ANSA", &["ansa.it"]),
    (
        "AP",
        &["associated press", "apnews.com", "асошиэйтед пресс", "أسوشيتد برس", "美联社", "美聯社"],
    ),
    ("APA", &["austria presse agentur", "apa.at"]),
    ("Adnkronos", &["adnkronos.com"]),
    ("Agerpres", &["agerpres.ro"]),
    (
        "Anadolu Agency",
        &[
            "aa",
            "anadolu",
            "anadolu ajansı",
            "anadolu agentur",
            "aa.com.tr",
            "الأناضول",
            "وكالة الأناضول",
        ],
    ),
    ("Antara", &["antaranews.com"]),
    ("BNS", &["baltic news service"]),
    ("BTA", &["бта"]),
    ("Belga", &["belga.be"]),
    ("Bernama", &["bernama.com"]),
    ("Bloomberg", &["bloomberg news", "bloomberg.com"]),
    ("CNA", &["中央社"]),
    ("CNN", &["cnn wire", "cnn.com"]),
    ("CNS", &["中新社", "中新网", "中国新闻社"]),
    ("CTK", &["čtk"]),
    ("DDP", &["dapd"]),
    ("Dow Jones", &["dow jones newswires", "dj"]),
    ("EFE", &["efe.com"]),
    ("Europa Press", &["europapress", "europapress.es"]),
    ("IANS", &["indo-asian news service"]),
    ("Inter Press Service", &["ips"]),
    ("Interfax", &["interfax-ukraine", "interfax.ru", "interfax.com.ua", "интерфакс", "інтерфакс"]),
    ("Jiji Press", &["jiji", "時事通信", "時事"]),
    ("KCNA", &["korean central news agency"]),
    ("KNA", &["katholische nachrichten-agentur"]),
    ("Kathpress", &[]),
    ("Keystone-SDA", &["sda", "ats", "keystone-ats", "sda-ats"]),
    ("Kyodo", &["kyodo news", "kyodonews.net", "共同通信", "共同", "共同社"]),
    ("LaPresse", &[]),
    ("Lusa", &["lusa.pt"]),
    ("MTI", &["magyar távirati iroda"]),
    ("Mediafax", &["mediafax.ro"]),
    ("NTB", &["norsk telegrambyrå"]),
    ("PA", &["pa media", "press association", "pa wire"]),
    ("PAP", &["polska agencja prasowa", "pap.pl"]),
    ("PTI", &["press trust of india", "ptinews.com"]),
    ("RIA Novosti", &["ria", "ria.ru", "риа новости"]),
    (
        "Reuters",
        &[
            "reuter",
            "thomson reuters",
            "reuters.com",
            "рейтер",
            "рейтерс",
            "رويترز",
            "رویترز",
            "רויטרס",
            "ロイター",
            "路透社",
            "路透",
            "로이터",
        ],
    ),
    ("Ritzau", &["ritzaus bureau"]),
    ("SID", &["sport-informations-dienst"]),
    ("STT", &[]),
    ("TASR", &[]),
    ("TASS", &["itar-tass", "tass.com", "tass.ru", "тасс", "塔斯社"]),
    ("TT", &["tidningarnas telegrambyrå"]),
    ("Tanjug", &["танјуг"]),
    ("The Canadian Press", &["canadian press", "cp", "presse canadienne"]),
    ("Télam", &["telam"]),
    ("UNIAN", &["уніан", "униан", "unian.net", "unian.ua"]),
    ("UPI", &["united press international", "upi.com"]),
    ("Ukrinform", &["укрінформ", "укринформ", "ukrinform.net", "ukrinform.ua"]),
    ("Xinhua", &["xinhuanet", "xinhuanet.com", "新华网", "新华社", "新華社"]),
    ("Yonhap", &["yna.co.kr", "연합뉴스", "韩联社", "韓聯社"]),
    ("dpa", &["deutsche presse-agentur", "deutsche presseagentur", "dpa-infocom"]),
    ("dpa-AFX", &[]),
    ("dts", &["dts nachrichtenagentur"]),
    ("epd", &["evangelischer pressedienst"]),
    ("ots", &["news aktuell"]),
];

/// What stands before or behind the name of an agency and is no part of it, in lower case.
const PREFIXES: &[&str] =
    &["the ", "agencia ", "agência ", "agence ", "agenzia ", "agentur ", "nachrichtenagentur "];
const SUFFIXES: &[&str] = &[" news agency", " newsagency", " news service", " gmbh"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_has_one_name() {
        for (name, agency) in [
            ("Agence France-Presse", "AFP"),
            ("The Associated Press", "AP"),
            ("Agencia EFE", "EFE"),
            ("DPA", "dpa"),
            ("Xinhua News Agency", "Xinhua"),
            ("reuters.com", "Reuters"),
        ] {
            assert_eq!(Agency::known(name).expect("it is known").as_str(), agency, "{name}");
        }
        for name in ["ap", "pa", "Jane Doe", "Reuters Health", ""] {
            assert_eq!(Agency::known(name), None, "{name}");
        }
    }

    #[test]
    fn an_agency_that_is_not_known_goes_by_what_is_written() {
        assert_eq!(Agency::new(" Meridian ").expect("a name").as_str(), "Meridian");
        assert_eq!(Agency::new("afp").expect("a name").as_str(), "AFP");
        assert_eq!(Agency::new(" "), None);
    }
}
