//! The names of months and weekdays in the languages that news is read in.
//!
//! A row holds the forms of one language, Monday or January first; the forms of one name (its cases
//! and abbreviations) are separated by `|`. Two words that make one name are joined by `_`. Where
//! two languages give one form to different months, the row that stands first wins: Polish and
//! Czech `listopad` is November, so the Croatian October is not read.

use std::sync::LazyLock;

use chrono::Weekday;
use rustc_hash::FxHashMap;

use crate::text::fold;

/// Returns the month, 1 to 12, that a folded word names.
pub(super) fn month(folded: &str) -> Option<u32> {
    NAMES.months.get(folded).map(|month| u32::from(*month))
}

/// Returns the weekday that a folded word names.
pub(super) fn weekday(folded: &str) -> Option<Weekday> {
    let number = *NAMES.weekdays.get(folded)?;
    Weekday::try_from(number).ok()
}

struct Names {
    months: FxHashMap<String, u8>,
    weekdays: FxHashMap<String, u8>,
}

static NAMES: LazyLock<Names> =
    LazyLock::new(|| Names { months: table(MONTHS, 1), weekdays: table(WEEKDAYS, 0) });

fn table(rows: &[&str], first: u8) -> FxHashMap<String, u8> {
    let mut names = FxHashMap::default();
    for row in rows {
        for (number, forms) in (first..).zip(row.split_whitespace()) {
            for form in forms.split('|') {
                names.entry(fold(form)).or_insert(number);
            }
        }
    }
    names
}

/// A line a language: English, German, French, Spanish, Portuguese, Italian, Dutch, Danish and
/// Norwegian, Swedish, Finnish, Hungarian, Romanian, Turkish, Greek, Russian, Ukrainian, Polish,
/// Arabic (Egypt; Syria and Iraq; the Maghreb), Tamil, then Czech and Slovak, Croatian and Slovene,
/// Serbian (both scripts), Bulgarian and Macedonian, Belarusian, Catalan, Indonesian, Estonian,
/// Latvian, Lithuanian, Hebrew, Persian, Hindi, Thai, Roman numerals.
const MONTHS: &[&str] = &[
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug \
     september|sep|sept october|oct november|nov december|dec",
    "januar|jänner|jaenner|jän februar|feber märz|mär|maerz|mrz april mai juni juli august \
     september oktober|okt november dezember|dez",
    "janvier|janv février|févr|fév|fevrier mars avril|avr mai juin juillet|juil août|aout \
     septembre octobre novembre décembre|déc",
    "enero|ene febrero marzo abril|abr mayo junio julio agosto|ago septiembre|setiembre|set octubre \
     noviembre diciembre|dic",
    "janeiro fevereiro|fev março abril maio|mai junho julho agosto setembro outubro|out novembro \
     dezembro",
    "gennaio|gen febbraio|febbr marzo aprile maggio|mag giugno|giu luglio|lug agosto settembre|sett \
     ottobre|ott novembre dicembre",
    "januari februari maart|mrt april mei juni juli augustus september oktober november december",
    "januar februar marts|mars april maj|mai juni juli august september oktober november \
     december|desember|des",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "tammikuu|tammikuuta|tammikuun|tammi helmikuu|helmikuuta|helmikuun|helmi \
     maaliskuu|maaliskuuta|maaliskuun|maalis huhtikuu|huhtikuuta|huhtikuun|huhti \
     toukokuu|toukokuuta|toukokuun|touko kesäkuu|kesäkuuta|kesäkuun|kesä \
     heinäkuu|heinäkuuta|heinäkuun|heinä elokuu|elokuuta|elokuun|elo \
     syyskuu|syyskuuta|syyskuun|syys lokakuu|lokakuuta|lokakuun|loka \
     marraskuu|marraskuuta|marraskuun|marras joulukuu|joulukuuta|joulukuun|joulu",
    "január|januári február|februári március|márc április|áprilisi|ápr május|májusi június|júniusi|jún \
     július|júliusi|júl augusztus|augusztusi szeptember|szeptemberi|szept október|októberi \
     november|novemberi december|decemberi",
    "ianuarie|ian februarie martie aprilie mai iunie|iun iulie|iul august septembrie octombrie \
     noiembrie|noi decembrie",
    "ocak|oca|ocağın şubat|şub mart nisan|nis mayıs haziran|haz temmuz|tem ağustos|ağu eylül|eyl \
     ekim|eki kasım|kas aralık|ara",
    "ιανουάριος|ιανουαρίου|ιαν|γενάρη φεβρουάριος|φεβρουαρίου|φεβ|φλεβάρη \
     μάρτιος|μαρτίου|μαρ|μάρτη απρίλιος|απριλίου|απρ|απρίλη μάιος|μαΐου|μάη|μαι \
     ιούνιος|ιουνίου|ιουν|ιούνη ιούλιος|ιουλίου|ιουλ|ιούλη αύγουστος|αυγούστου|αυγ \
     σεπτέμβριος|σεπτεμβρίου|σεπ|σεπτ|σεπτέμβρη οκτώβριος|οκτωβρίου|οκτ|οκτώβρη \
     νοέμβριος|νοεμβρίου|νοε|νοέμβρη δεκέμβριος|δεκεμβρίου|δεκ|δεκέμβρη",
    "январь|января|январе|янв февраль|февраля|феврале|фев|февр март|марта|марте|мар \
     апрель|апреля|апреле|апр май|мая|мае июнь|июня|июне|июн июль|июля|июле|июл \
     август|августа|августе|авг сентябрь|сентября|сентябре|сен|сент октябрь|октября|октябре|окт \
     ноябрь|ноября|ноябре|ноя|нояб декабрь|декабря|декабре|дек",
    "січень|січня|січні|січ лютий|лютого|лютому|лют березень|березня|березні|бер \
     квітень|квітня|квітні|кві|квіт травень|травня|травні|тра|трав червень|червня|червні|чер|черв \
     липень|липня|липні|лип серпень|серпня|серпні|сер|серп вересень|вересня|вересні|вер \
     жовтень|жовтня|жовтні|жов|жовт листопад|листопада|листопаді|лис|лист \
     грудень|грудня|грудні|гру|груд",
    "styczeń|stycznia|styczniu|sty luty|lutego|lutym|lut marzec|marca|marcu kwiecień|kwietnia|kwietniu|kwi \
     maj|maja|maju czerwiec|czerwca|czerwcu|cze lipiec|lipca|lipcu|lip sierpień|sierpnia|sierpniu|sie \
     wrzesień|września|wrześniu|wrz październik|października|październiku|paź \
     listopad|listopada|listopadzie|lis grudzień|grudnia|grudniu|gru",
    "يناير فبراير مارس أبريل|ابريل|إبريل مايو يونيو|يونية يوليو|يولية أغسطس|اغسطس سبتمبر أكتوبر|اكتوبر نوفمبر ديسمبر",
    "كانون_الثاني|كانون_ثاني شباط آذار|اذار نيسان أيار|ايار حزيران تموز آب|اب أيلول|ايلول \
     تشرين_الأول|تشرين_أول تشرين_الثاني|تشرين_ثاني كانون_الأول|كانون_أول",
    "جانفي فيفري مارس أفريل|افريل ماي جوان جويلية أوت|اوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "ஜனவரி பிப்ரவரி|பெப்ரவரி மார்ச்|மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட்|ஆகஸ்டு|ஆகத்து செப்டம்பர்|செப்டெம்பர் \
     அக்டோபர்|ஒக்டோபர் நவம்பர் டிசம்பர்",
    "leden|ledna|led únor|února|úno březen|března|bře duben|dubna|dub květen|května|kvě \
     červen|června|čvn červenec|července|čvc srpen|srpna|srp září|zář říjen|října|říj \
     listopad|listopadu prosinec|prosince|pro",
    "január|januára február|februára marec|marca apríl|apríla máj|mája jún|júna júl|júla \
     august|augusta september|septembra október|októbra november|novembra december|decembra",
    "siječanj|siječnja|sij veljača|veljače|velj ožujak|ožujka|ožu travanj|travnja svibanj|svibnja|svi \
     lipanj|lipnja srpanj|srpnja kolovoz|kolovoza|kol rujan|rujna|ruj - studeni|studenoga|studenog|stu \
     prosinac|prosinca",
    "januar|januarja februar|februarja marec|marca april|aprila maj|maja junij|junija julij|julija \
     avgust|avgusta september|septembra oktober|oktobra november|novembra december|decembra",
    "januar|januara februar|februara mart|marta april|aprila maj|maja jun|juna|juni jul|jula|juli \
     avgust|avgusta septembar|septembra oktobar|oktobra novembar|novembra decembar|decembra",
    "јануар|јануара фебруар|фебруара март|марта април|априла мај|маја јун|јуна јул|јула \
     август|августа септембар|септембра октобар|октобра новембар|новембра децембар|децембра",
    "януари|яну февруари|фев март април|апр май юни юли август септември|сеп октомври|окт \
     ноември|ное декември|дек",
    "јануари февруари март април мај јуни јули август септември октомври ноември декември",
    "студзень|студзеня люты|лютага сакавік|сакавіка красавік|красавіка май|мая|траўня \
     чэрвень|чэрвеня ліпень|ліпеня жнівень|жніўня верасень|верасня кастрычнік|кастрычніка \
     лістапад|лістапада снежань|снежня",
    "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "januari|jan februari|pebruari|feb maret|mar april|apr mei juni|jun juli|jul agustus|agu|agt|ags \
     september|sep oktober|okt november|nov desember|des",
    "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "janvāris|janvārī|janvāra februāris|februārī|februāra marts|martā|marta aprīlis|aprīlī|aprīļa \
     maijs|maijā|maija jūnijs|jūnijā|jūnija jūlijs|jūlijā|jūlija augusts|augustā|augusta \
     septembris|septembrī|septembra oktobris|oktobrī|oktobra novembris|novembrī|novembra \
     decembris|decembrī|decembra",
    "sausis|sausio vasaris|vasario kovas|kovo balandis|balandžio gegužė|gegužės birželis|birželio \
     liepa|liepos rugpjūtis|rugpjūčio rugsėjis|rugsėjo spalis|spalio lapkritis|lapkričio \
     gruodis|gruodžio",
    "ינואר|בינואר פברואר|בפברואר מרץ|במרץ|מרס|במרס אפריל|באפריל מאי|במאי יוני|ביוני יולי|ביולי \
     אוגוסט|באוגוסט ספטמבר|בספטמבר אוקטובר|באוקטובר נובמבר|בנובמבר דצמבר|בדצמבר",
    "ژانویه فوریه مارس آوریل مه|می ژوئن ژوئیه|جولای اوت|آگوست سپتامبر اکتبر نوامبر دسامبر",
    "जनवरी फरवरी|फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर अक्टूबर|अक्तूबर नवंबर|नवम्बर दिसंबर|दिसम्बर",
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
];

/// A line a language, in the order of [`MONTHS`].
const WEEKDAYS: &[&str] = &[
    "monday|mon tuesday|tue|tues wednesday|wed thursday|thu|thur|thurs friday|fri saturday|sat sunday|sun",
    "montag dienstag|di mittwoch|mi donnerstag|do freitag|fr samstag|sonnabend|sa sonntag|so",
    "lundi|lun mardi mercredi|mer jeudi|jeu vendredi|ven samedi|sam dimanche|dim",
    "lunes martes miércoles|mié jueves|jue viernes|vie sábado|sáb domingo|dom",
    "segunda-feira|segunda|seg terça-feira|terça|ter quarta-feira|quarta|qua quinta-feira|quinta|qui \
     sexta-feira|sexta|sex sábado domingo",
    "lunedì martedì|mar mercoledì|merc giovedì|gio venerdì sabato|sab domenica",
    "maandag|ma dinsdag woensdag|wo donderdag vrijdag|vr zaterdag|za zondag|zo",
    "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "måndag tisdag onsdag torsdag fredag lördag söndag",
    "maanantai|maanantaina tiistai|tiistaina keskiviikko|keskiviikkona torstai|torstaina \
     perjantai|perjantaina lauantai|lauantaina sunnuntai|sunnuntaina",
    "hétfő|hétfőn kedd|kedden szerda|szerdán csütörtök|csütörtökön péntek|pénteken \
     szombat|szombaton vasárnap",
    "luni marți|marţi|marti miercuri joi vineri sâmbătă|simbata duminică",
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar",
    "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",
    "понедельник|понедельника|пн вторник|вторника|вт среда|среду|среды|ср четверг|четверга|чт \
     пятница|пятницу|пятницы|пт суббота|субботу|субботы|сб воскресенье|воскресенья|вс",
    "понеділок|понеділка вівторок|вівторка середа|середу|середи четвер|четверга \
     п'ятниця|п'ятницю|п'ятниці субота|суботу|суботи неділя|неділю|неділі",
    "poniedziałek|poniedziałku wtorek|wtorku środa|środę|środy czwartek|czwartku \
     piątek|piątku sobota|sobotę|soboty niedziela|niedzielę|niedzieli",
    "الاثنين|الإثنين الثلاثاء الأربعاء|الاربعاء الخميس الجمعة السبت الأحد|الاحد",
    "திங்கள்|திங்கட்கிழமை|திங்கள்கிழமை செவ்வாய்|செவ்வாய்க்கிழமை புதன்|புதன்கிழமை \
     வியாழன்|வியாழக்கிழமை வெள்ளி|வெள்ளிக்கிழமை சனி|சனிக்கிழமை ஞாயிறு|ஞாயிற்றுக்கிழமை",
    "pondělí úterý středa|středu čtvrtek pátek sobota|sobotu neděle|neděli",
    "pondelok utorok streda|stredu štvrtok piatok sobota|sobotu nedeľa|nedeľu",
    "ponedjeljak|ponedeljak utorak srijeda|srijedu|sreda|sredu četvrtak petak subota|subotu \
     nedjelja|nedjelju|nedelja|nedelju",
    "понедељак уторак среда|среду четвртак петак субота|суботу недеља|недељу",
    "понеделник вторник сряда четвъртък петък събота неделя",
    "senin selasa rabu kamis jumat sabtu minggu",
    "esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev",
    "सोमवार मंगलवार बुधवार गुरुवार|गुरूवार शुक्रवार शनिवार रविवार",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_name_for_each() {
        for row in MONTHS {
            assert_eq!(row.split_whitespace().count(), 12, "{row}");
        }
        for row in WEEKDAYS {
            assert_eq!(row.split_whitespace().count(), 7, "{row}");
        }
    }

    #[test]
    fn names_are_read_in_any_case_and_without_accents() {
        for (word, number) in [
            ("May", 5),
            ("MÄRZ", 3),
            ("fevrier", 2),
            ("września", 9),
            ("листопада", 11),
            ("ஏப்ரல்", 4),
            ("ΙΟΥΛΊΟΥ", 7),
            ("şubat", 2),
            ("أكتوبر", 10),
            ("kesäkuuta", 6),
        ] {
            assert_eq!(month(&fold(word)), Some(number), "{word}");
        }
        assert_eq!(weekday(&fold("Jueves")), Some(Weekday::Thu));
        assert_eq!(weekday(&fold("п’ятницю")), Some(Weekday::Fri));
    }
}
