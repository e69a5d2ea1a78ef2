//! Classes of words and names: what the lists and the grammar of names say of a word on its own.

use std::ops::{BitOr, BitOrAssign};

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u32);

impl Classes {
    /// A word that running text writes with a small letter.
    pub(crate) const COMMON: Self = Self(1);
    /// A given name.
    pub(crate) const FIRST_NAME: Self = Self(1 << 1);
    /// A family name.
    pub(crate) const SURNAME: Self = Self(1 << 2);
    /// "Russian", "Russians": people and things of a place, not the place.
    pub(crate) const DEMONYM: Self = Self(1 << 3);
    /// A country or a capital, in one of its forms.
    pub(crate) const COUNTRY: Self = Self(1 << 4);
    /// A city of 200,000 people or more.
    pub(crate) const LARGE_CITY: Self = Self(1 << 5);
    /// A smaller city.
    pub(crate) const SMALL_CITY: Self = Self(1 << 6);
    /// A state, province or region.
    pub(crate) const REGION: Self = Self(1 << 7);
    /// A well-known place with its other names.
    pub(crate) const PLACE: Self = Self(1 << 8);
    /// A well-known organization with its other names.
    pub(crate) const ORGANIZATION: Self = Self(1 << 9);
    /// "President", "Minister": stands before the name of a person and is no part of it.
    pub(crate) const TITLE: Self = Self(1 << 10);
    /// "Mr", "Dr": a title that is always followed by a name.
    pub(crate) const HONORIFIC: Self = Self(1 << 11);
    /// "Ministry", "Council": what a name of an organization ends in or begins with.
    pub(crate) const ORGANIZATION_HEAD: Self = Self(1 << 12);
    /// "Inc", "Ltd": ends the name of a company.
    pub(crate) const COMPANY_SUFFIX: Self = Self(1 << 13);
    /// "van", "bin", "de": stands with a small letter inside the name of a person.
    pub(crate) const PARTICLE: Self = Self(1 << 14);
    /// "of", "for": joins the parts of the name of an organization.
    pub(crate) const LINK: Self = Self(1 << 15);
    /// "River", "Sea": what a name of a place ends in or begins with.
    pub(crate) const PLACE_HEAD: Self = Self(1 << 16);
    /// Articles, pronouns, prepositions, conjunctions, auxiliaries: never a name.
    pub(crate) const FUNCTION: Self = Self(1 << 17);
    /// Names of days and months.
    pub(crate) const CALENDAR: Self = Self(1 << 18);
    /// "foreign", "deputy": stands before a title and belongs to it.
    pub(crate) const TITLE_MODIFIER: Self = Self(1 << 19);

    /// "Organization", "Ministry": a head whose name may go on with "and" or "in".
    pub(crate) const LINKING_HEAD: Self = Self(1 << 20);

    /// "Jr", "III": tells generations apart at the end of a name.
    pub(crate) const GENERATION: Self = Self(1 << 21);

    /// Every class of places.
    pub(crate) const ANY_PLACE: Self = Self(
        Self::COUNTRY.0 | Self::LARGE_CITY.0 | Self::SMALL_CITY.0 | Self::REGION.0 | Self::PLACE.0,
    );
    /// Places and organizations.
    pub(crate) const ANY_NAME: Self = Self::ANY_PLACE.or(Self::ORGANIZATION);
    /// Places so well known that they are one even without any context.
    pub(crate) const SURE_PLACE: Self = Self(Self::COUNTRY.0 | Self::PLACE.0);

    /// Returns the classes of this set that are not in the other.
    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Returns the classes of both sets, as `|` does outside constants.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the set as bits, one a class.
    pub(crate) fn bits(self) -> u32 {
        self.0
    }

    /// Tells whether the two sets share a class.
    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Classes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Classes {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// Words by class, folded; several languages side by side where they do not contradict.
const WORDS: &[(Classes, &str)] = &[
    (
        Classes::HONORIFIC,
        "mr mrs ms miss mx dr sir dame lord lady prof rev hon sen rep gov gen lt col maj capt sgt \
         cpl pvt adm cmdr brig fr sr msgr herr frau monsieur madame mme mlle señor señora signor \
         signora sheikh sheik sayyid mullah ayatollah imam rabbi pope archbishop",
    ),
    (
        Classes::TITLE,
        "president minister premier chancellor secretary senator representative congressman \
         congresswoman governor mayor ambassador envoy spokesman spokeswoman spokesperson king \
         queen prince princess emperor empress duke duchess baron baroness count countess pope \
         cardinal bishop archbishop general colonel major captain lieutenant sergeant commander \
         admiral marshal brigadier judge justice attorney prosecutor chairman chairwoman chair \
         director manager coach striker midfielder defender goalkeeper winger captain analyst \
         economist professor doctor strategist trader founder executive chief officer leader head \
         commissioner inspector detective superintendent speaker lawmaker deputy adviser advisor \
         aide author actor actress singer director filmmaker writer journalist reporter \
         correspondent editor photographer lawyer teacher scientist historian researcher driver \
         champion candidate rival nominee vice-president ceo cfo coo cto \
         präsident präsidentin kanzler kanzlerin bundeskanzler bundeskanzlerin minister \
         ministerin außenminister sprecher président présidente ministre chancelier presidente \
         ministro ministra canciller primer presidenta prezydent premier minister президент \
         министр президента міністр",
    ),
    (
        Classes::TITLE_MODIFIER,
        "vice deputy prime foreign interior defense defence finance economy energy health justice \
         trade transport labor labour education culture environment agriculture industry housing \
         assistant acting former ex late senior chief first national press executive managing \
         presidential attorney general lieutenant major brigadier rear field staff secretary \
         undersecretary under crown grand supreme federal state district home oil \
         information development immigration security intelligence military police army navy",
    ),
    (
        Classes::ORGANIZATION_HEAD,
        "ministry department agency council committee commission organization organisation \
         association union party federation confederation alliance coalition league bank fund \
         university college institute academy school hospital foundation trust society club \
         corporation company group holdings management newswires industries airlines airways \
         motors pharmaceuticals partners securities capital bureau office authority board court tribunal parliament \
         senate congress assembly cabinet army navy police force forces corps brigade regiment \
         guard service services center centre museum church times post journal tribune herald \
         gazette chronicle telegraph news press network television tv radio broadcasting studios \
         records pictures entertainment media telecom technologies systems software labs \
         laboratories laboratory exchange front movement brotherhood administration secretariat \
         directorate summit conference orchestra united rovers wanderers fc afc \
         ministerium partei verband universität bundesamt ministère ministerio partido parti \
         université universidad banco banque banca министерство партия банк университет",
    ),
    (
        Classes::LINKING_HEAD,
        "organization organisation ministry department committee commission council agency office \
         bureau institute association conference centre center centers federation authority",
    ),
    (Classes::GENERATION, "jr sr ii iii iv junior senior"),
    (
        Classes::COMPANY_SUFFIX,
        "inc incorporated corp co cos ltd llc llp plc ag sa nv bv gmbh kg spa ab oy as asa se kk \
         pty lp jsc oao ooo pjsc sarl",
    ),
    (
        Classes::PARTICLE,
        "van von der den de del della di da do dos das du la le el al ul ur bin ibn ben abu bint \
         ter ten zu y e o'",
    ),
    (Classes::LINK, "of for and the in on to & de des du la der für von und del y"),
    (
        Classes::PLACE_HEAD,
        "river lake sea ocean gulf bay strait straits channel canal island islands isle isles \
         mount mountain mountains peninsula valley desert coast beach cape port airport street \
         avenue road boulevard square park forest county province district region state city \
         village town peninsula bridge hills falls creek springs heights stadium station \
         prefecture governorate oblast territory territories republic",
    ),
    (
        Classes::FUNCTION,
        "a an the this that these those i you he she it we they me him her us them my your his \
         its our their mine who whom whose which what when where why how and or but nor so yet \
         if then than as at by for from in into of off on onto out over to up with without about \
         above across after against along amid among around before behind below beneath beside \
         besides between beyond despite down during except inside like near outside per since \
         through throughout toward towards under until upon via within while although though \
         because unless whether once is are was were be been being am do does did has have had \
         will would shall should can could may might must not no yes all any both each every few \
         many more most much neither none one other others several some such too very just only \
         also even still already now here there however meanwhile moreover therefore thus instead \
         another again ago else ever never often perhaps quite rather really soon today tomorrow \
         tonight yesterday two three four five six seven eight nine ten first second third last \
         next new old said says say told according asked added let's it's that's there's he's \
         she's i'm don't didn't can't won't isn't aren't wasn't weren't doesn't der die das ein \
         eine und oder aber nicht le les un une et ou mais el los las un una y pero il lo gli",
    ),
    (
        Classes::CALENDAR,
        "monday tuesday wednesday thursday friday saturday sunday january february march april \
         may june july august september october november december jan feb mar apr jun jul aug sep \
         sept oct nov dec mon tue tues wed thu thurs fri sat sun easter christmas ramadan gmt est \
         edt pst utc am pm",
    ),
];

/// Returns the classes of the grammar of names, word by folded word.
pub(crate) fn grammar() -> impl Iterator<Item = (&'static str, Classes)> {
    WORDS
        .iter()
        .flat_map(|(classes, words)| words.split_whitespace().map(move |word| (word, *classes)))
}
