//! Which lines of a scraped page are the article, and which are the page around it.
//!
//! A scraper that keeps a whole page leaves menus, share bars, comment forms and teasers as lines
//! among those of the article. Each line is scored by how much it reads like prose and by phrases
//! that only page furniture uses; the article is the stretch of lines with the highest sum. Lines
//! of furniture inside it go too. A text that is an article alone is left whole: the ends are cut
//! only where furniture is recognised there.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::line_table::{LONGEST_LINE, LineTable};

/// What a line is, as far as can be told from itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineClass {
    /// Sentences.
    Prose,
    /// Too short to tell: a heading, a caption, a menu entry.
    Short,
    /// Furniture of the page: a share bar, a notice, a form.
    Furniture,
    /// The heading of what follows an article: related stories, latest posts.
    EndMatter,
    /// A part of what readers say of an article: the heading, who says it, the link to answer.
    Comments,
}

impl LineClass {
    /// Tells whether the line is no part of an article.
    pub fn is_litter(self) -> bool {
        matches!(self, Self::Furniture | Self::EndMatter | Self::Comments)
    }
}

/// Phrases that a line of furniture begins with, in lower case.
const FURNITURE_STARTS: &[&str] = &[
    "your email address will not be published",
    "required fields are marked",
    "save my name, email",
    "notify me of",
    "this site uses akismet",
    "we use cookies",
    "this website uses cookies",
    "this site uses cookies",
    "by continuing to",
    "accept all",
    "accept cookies",
    "manage cookies",
    "cookie settings",
    "cookie policy",
    "privacy policy",
    "terms of",
    "all rights reserved",
    "copyright ©",
    "copyright (c)",
    "© ",
    "(c) copyright",
    "skip to",
    "share this",
    "share on",
    "share via",
    "share article",
    "click to share",
    "tweet this",
    "follow us",
    "follow @",
    "like us on",
    "join us on",
    "find us on",
    "subscribe",
    "sign up",
    "sign in",
    "log in",
    "login",
    "register now",
    "already a",
    "get our newsletter",
    "our newsletter",
    "newsletter",
    "get the latest",
    "stay up to date",
    "download our app",
    "download the app",
    "print this",
    "email this",
    "send to a friend",
    "advertisement",
    "advertising",
    "sponsored",
    "promoted",
    "powered by",
    "proudly powered",
    "designed by",
    "theme by",
    "reply to",
    "click here to",
    "read more",
    "continue reading",
    "load more",
    "show more",
    "view all",
    "see all",
    "back to top",
    "home page",
    "previous article",
    "next article",
    "previous post",
    "next post",
    "previous:",
    "next:",
    "tags:",
    "tagged",
    "filed under",
    "categories:",
    "posted in",
    "this entry was posted",
    "enjoyed this",
    "buy us a coffee",
    "buy me a coffee",
    "category :",
    "kategorie:",
    "kategorien",
    "letzte aktualisierung",
    "zuletzt aktualisiert",
    "aktualisiert am",
    "affiliate",
    "permalink",
    "see also",
    "read also",
    "also read",
    "lea también",
    "lea además",
    "lee también",
    "le puede interesar",
    "también le puede",
    "mira también",
    "czytaj też",
    "czytaj więcej",
    "schon gelesen",
    "zum weiterlesen",
    "lesen sie auch",
    "lies auch",
    "mehr dazu",
    "weitere informationen",
    "à lire aussi",
    "lire aussi",
    "voir aussi",
    "ler também",
    "leia também",
    "veja também",
    "leggi anche",
    "lees ook",
    "читайте также",
    "читайте також",
    "you must be logged in",
    "enable javascript",
    "please enable",
    "your browser",
    "loading...",
    "teilen",
    "auf facebook teilen",
    "artikel teilen",
    "drucken",
    "merken",
    "anzeige",
    "werbung",
    "wir verwenden cookies",
    "diese website verwendet",
    "datenschutz",
    "impressum",
    "alle rechte vorbehalten",
    "ihre e-mail-adresse wird nicht",
    "deine e-mail-adresse wird nicht",
    "erforderliche felder",
    "jetzt anmelden",
    "anmelden",
    "abonnieren",
    "folgen sie uns",
    "folge uns",
    "schlagwörter",
    "schlagworte",
    "mehr lesen",
    "weiterlesen",
    "zum inhalt",
    "zurück zur",
    "nach oben",
    "vorheriger",
    "nächster",
    "partager",
    "imprimer",
    "publicité",
    "votre adresse e-mail ne sera pas",
    "abonnez-vous",
    "suivez-nous",
    "tous droits réservés",
    "compartir",
    "imprimir",
    "publicidad",
    "suscríbete",
    "síguenos",
    "tu dirección de correo",
    "todos los derechos",
    "condividi",
    "stampa",
    "pubblicità",
    "iscriviti",
    "seguici",
    "il tuo indirizzo email",
    "tutti i diritti",
    "compartilhe",
    "publicidade",
    "assine",
    "todos os direitos",
    "delen",
    "advertentie",
    "volg ons",
    "alle rechten",
    "udostępnij",
    "reklama",
    "twój adres e-mail nie",
    "wszelkie prawa",
    "поделиться",
    "реклама",
    "подписывайтесь",
    "подпишитесь",
    "все права защищены",
    "ваш адрес email не",
    "поділитися",
    "підписуйтесь",
    "підписуйтеся",
    "усі права",
    "ваша e-mail адреса не",
    "dela ",
    "annons",
    "följ oss",
    "annonse",
    "annonce",
    "mainos",
    "jaa ",
    "reklám",
    "megosztás",
    "paylaş",
];

/// Headings and labels of readers' comments, in lower case.
const COMMENTS_STARTS: &[&str] = &[
    "leave a reply",
    "leave a comment",
    "leave comment",
    "post a comment",
    "add a comment",
    "add comment",
    "write a comment",
    "join the conversation",
    "join the discussion",
    "cancel reply",
    "comments",
    "comment on this",
    "comment by",
    "no comments",
    "view comments",
    "show comments",
    "pingback",
    "trackback",
    "hinterlasse eine",
    "hinterlasse einen",
    "schreibe einen kommentar",
    "kommentar schreiben",
    "kommentar verfassen",
    "kommentar hinzufügen",
    "kommentar von",
    "kommentare",
    "kommentar hinterlassen",
    "keine kommentare",
    "laisser un commentaire",
    "commentaires",
    "aucun commentaire",
    "deja un comentario",
    "deja una respuesta",
    "comentarios",
    "lascia un commento",
    "commenti",
    "deixe um comentário",
    "comentários",
    "geef een reactie",
    "reacties",
    "dodaj komentarz",
    "komentarze",
    "добавить комментарий",
    "оставить комментарий",
    "комментарии",
    "залишити коментар",
    "коментарі",
    "lämna ett svar",
    "kommentera",
    "legg igjen",
    "skriv en kommentar",
    "kommentit",
    "yorumlar",
    "bir yanıt yazın",
    "zanechte komentář",
    "komentáře",
    "hozzászólások",
    "lasă un răspuns",
];

/// What comments are called where they are counted, "17 Kommentare", in lower case.
const COMMENT_NOUNS: &[&str] = &[
    "comment",
    "comments",
    "response",
    "responses",
    "reply",
    "replies",
    "thought on",
    "thoughts on",
    "kommentar",
    "kommentare",
    "antwort",
    "antworten",
    "reaktionen",
    "gedanke zu",
    "gedanken zu",
    "commentaire",
    "commentaires",
    "réponse",
    "réponses",
    "réactions",
    "comentario",
    "comentarios",
    "respuestas",
    "commento",
    "commenti",
    "risposte",
    "comentário",
    "comentários",
    "respostas",
    "reactie",
    "reacties",
    "komentarz",
    "komentarze",
    "komentarzy",
    "odpowiedzi",
    "комментарий",
    "комментария",
    "комментариев",
    "коментар",
    "коментарі",
    "коментарів",
    "kommentarer",
    "svar",
    "kommenttia",
    "yorum",
    "komentářů",
    "hozzászólás",
    "comentarii",
];

/// Links under each comment, in lower case.
const ANSWER_LINKS: &[&str] = &[
    "reply",
    "antworten",
    "antwort",
    "répondre",
    "responder",
    "rispondi",
    "beantwoorden",
    "odpowiedz",
    "ответить",
    "відповісти",
    "svara",
    "vastaa",
    "yanıtla",
    "odpovědět",
    "válasz",
];

/// The longest of these links, in bytes.
const LONGEST_ANSWER_LINK: usize = 20;

/// How a line ends that says whose comment follows, in lower case.
const SPEAKER_ENDS: &[&str] = &[
    " says:",
    " said:",
    " wrote:",
    " sagt:",
    " sagte:",
    " schreibt:",
    " schrieb:",
    " meint:",
    " dit :",
    " a dit :",
    " dice:",
    " disse:",
    " zegt:",
    " pisze:",
    " skriver:",
    " säger:",
    " говорит:",
    " пишет:",
];

/// The most words of a line that says whose comment follows.
const MOST_SPEAKER_WORDS: usize = 6;

/// Headings of what follows an article, in lower case.
const END_MATTER_STARTS: &[&str] = &[
    "related articles",
    "related posts",
    "related stories",
    "related news",
    "related content",
    "related topics",
    "related:",
    "recent posts",
    "recent comments",
    "recent articles",
    "latest posts",
    "latest news",
    "latest articles",
    "latest stories",
    "most read",
    "most popular",
    "most viewed",
    "most commented",
    "most shared",
    "popular posts",
    "popular articles",
    "popular now",
    "trending",
    "top stories",
    "more stories",
    "more news",
    "more from",
    "more on this",
    "more in ",
    "you may also like",
    "you might also like",
    "you may also be interested",
    "recommended for you",
    "recommended",
    "read next",
    "up next",
    "don't miss",
    "editor's picks",
    "editors' picks",
    "about the author",
    "about author",
    "about us",
    "other news",
    "other articles",
    "similar articles",
    "similar posts",
    "around the web",
    "from the web",
    "ähnliche artikel",
    "ähnliche beiträge",
    "verwandte artikel",
    "das könnte",
    "mehr zum thema",
    "mehr aus",
    "mehr von",
    "auch interessant",
    "meistgelesen",
    "meist gelesen",
    "neueste beiträge",
    "neueste kommentare",
    "letzte beiträge",
    "weitere artikel",
    "weitere themen",
    "über den autor",
    "zum thema",
    "articles similaires",
    "articles liés",
    "sur le même sujet",
    "les plus lus",
    "articles récents",
    "noticias relacionadas",
    "artículos relacionados",
    "entradas recientes",
    "lo más leído",
    "te puede interesar",
    "articoli correlati",
    "articoli recenti",
    "più letti",
    "notícias relacionadas",
    "leia mais",
    "mais lidas",
    "posts recentes",
    "gerelateerde",
    "meest gelezen",
    "czytaj także",
    "zobacz także",
    "zobacz też",
    "najnowsze wpisy",
    "powiązane",
    "похожие",
    "свежие записи",
    "самое читаемое",
    "схожі",
    "останні новини",
    "останні записи",
    "läs också",
    "läs mer",
    "les også",
    "læs også",
    "lue myös",
    "ilgili haberler",
    "související",
    "kapcsolódó",
    "citește și",
];

/// The longest line, in bytes, that can be furniture: longer ones are prose whatever they open with.
const LONGEST_FURNITURE: usize = 240;

/// The longest heading of end matter, in bytes.
const LONGEST_HEADING: usize = 64;

/// Lines that are furniture when nothing else stands in them, in lower case.
const FURNITURE_LINES: &[&str] = &[
    "tweet",
    "share",
    "print",
    "email",
    "e-mail",
    "pin it",
    "like",
    "whatsapp",
    "facebook",
    "twitter",
    "linkedin",
    "reddit",
    "telegram",
    "pinterest",
    "pocket",
    "flipboard",
    "menu",
    "teilen",
    "drucken",
    "merken",
    "partager",
    "imprimer",
    "compartir",
    "imprimir",
    "condividi",
    "stampa",
    "delen",
    "dela",
    "udostępnij",
    "поделиться",
    "поділитися",
    "分享",
    "打印",
];

/// Tells whether a line says how long the article takes to read: "3 min read".
fn is_length(lower: &str) -> bool {
    const UNITS: &[&str] = &[
        "min read",
        "mins read",
        "min. read",
        "minute read",
        "minutes read",
        "min lesezeit",
        "min. lesezeit",
        "minuten lesezeit",
        "min de lecture",
        "min de lectura",
        "min di lettura",
        "min leestijd",
        "мин чтения",
    ];
    let unit = lower.trim_start_matches(|letter: char| letter.is_ascii_digit());
    unit.len() < lower.len() && UNITS.contains(&unit.trim_start_matches([' ', '-']))
}

/// Returns what the line is.
pub fn classify(line: &str) -> LineClass {
    if line.len() <= LONGEST_FURNITURE {
        let mut buffer = [0; LONGEST_FURNITURE * 2];
        let lower = lower_case(line, &mut buffer);
        if is_of_comments(lower, line) {
            return LineClass::Comments;
        }
        if line.len() <= LONGEST_HEADING
            && starts_with_any(lower, &END_MATTER)
            && !ends_sentence(line)
        {
            return LineClass::EndMatter;
        }
        if line.len() <= LONGEST_HEADING && (FURNITURE_LINES.contains(&lower) || is_length(lower)) {
            return LineClass::Furniture;
        }
        if starts_with_any(lower, &FURNITURE)
            && (line.len() <= LONGEST_HEADING || is_notice(lower) || is_pointer(lower))
        {
            return LineClass::Furniture;
        }
    }
    if is_prose(line) { LineClass::Prose } else { LineClass::Short }
}

/// Tells whether a line belongs to the comments of readers, by itself.
fn is_of_comments(lower: &str, line: &str) -> bool {
    // Each test is asked only of lines whose ends fit it: every line of an archive comes by here.
    if lower.ends_with(':') {
        let is_short = || lower.split(' ').count() <= MOST_SPEAKER_WORDS;
        if SPEAKER_ENDS.iter().any(|end| lower.ends_with(end)) && is_short() {
            return true;
        }
    }
    if line.len() > LONGEST_HEADING && !lower.starts_with(|letter: char| letter.is_ascii_digit()) {
        return false;
    }
    let bare = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
    is_count_of_comments(bare)
        || line.len() <= LONGEST_HEADING
            && (bare.len() <= LONGEST_ANSWER_LINK && ANSWER_LINKS.contains(&bare)
                || starts_with_any(lower, &COMMENTS) && !ends_sentence(line))
}

/// Tells whether a line counts comments: "17 Kommentare", "3 thoughts on “Guarantees”",
/// "Comments (35)".
fn is_count_of_comments(bare: &str) -> bool {
    const LONGEST_COUNT: usize = 4;
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=LONGEST_COUNT).contains(&digits) {
        let rest = bare[digits..].trim_start();
        return COMMENT_NOUNS.iter().any(|noun| {
            rest.strip_prefix(noun).is_some_and(|after| {
                let names_article =
                    noun.contains(' ') || after.trim_start().starts_with(['„', '“', '"', '»', '«']);
                after.trim_start_matches(|letter: char| !letter.is_alphanumeric()).is_empty()
                    || names_article && !after.starts_with(char::is_alphanumeric)
                    || is_title_link(after)
            })
        });
    }
    if !bare.ends_with(|letter: char| letter.is_ascii_digit()) {
        return false;
    }
    let Some((noun, count)) = bare.rsplit_once('(') else { return false };
    COMMENT_NOUNS.contains(&noun.trim_end()) && count.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells whether "to" and a title follow the count of responses: "3 Responses to Guarantees".
fn is_title_link(after: &str) -> bool {
    [" to ", " on ", " zu ", " auf ", " à ", " a ", " su ", " op "]
        .iter()
        .any(|link| after.starts_with(link))
}

/// Lower-cases into `buffer`, to look phrases up without allocating.
fn lower_case<'buffer>(line: &str, buffer: &'buffer mut [u8]) -> &'buffer str {
    let mut end = 0;
    for letter in line.chars().flat_map(char::to_lowercase) {
        if end + letter.len_utf8() > buffer.len() {
            break;
        }
        end += letter.encode_utf8(&mut buffer[end..]).len();
    }
    std::str::from_utf8(&buffer[..end]).unwrap_or_default()
}

/// Phrases by their first byte.
type PhraseTable = [Vec<&'static str>; 256];

static FURNITURE: LazyLock<PhraseTable> = LazyLock::new(|| by_first_byte(FURNITURE_STARTS));
static END_MATTER: LazyLock<PhraseTable> = LazyLock::new(|| by_first_byte(END_MATTER_STARTS));
static COMMENTS: LazyLock<PhraseTable> = LazyLock::new(|| by_first_byte(COMMENTS_STARTS));

fn by_first_byte(phrases: &[&'static str]) -> PhraseTable {
    let mut table = [const { Vec::new() }; 256];
    for phrase in phrases {
        table[usize::from(phrase.as_bytes()[0])].push(*phrase);
    }
    table
}

fn starts_with_any(line: &str, phrases: &PhraseTable) -> bool {
    let line = line.trim_start_matches(|letter: char| !letter.is_alphanumeric() && letter != '©');
    let Some(first) = line.bytes().next() else { return false };
    phrases[usize::from(first)].iter().any(|phrase| {
        line.strip_prefix(phrase).is_some_and(|rest| {
            phrase.ends_with([' ', ':']) || !rest.starts_with(char::is_alphanumeric)
        })
    })
}

/// Tells whether a longer line that opens like furniture is a notice to the reader of the page.
fn is_notice(lower: &str) -> bool {
    const MARKS: &[&str] = &[
        "cookie",
        "newsletter",
        "e-mail",
        "email",
        "©",
        "all rights",
        "subscribe",
        "copyright",
        "privacy",
        "your browser",
        "sign up",
        "logged in",
        "facebook",
        "twitter",
        "instagram",
        "telegram",
        "*",
        "rechte vorbehalten",
        "derechos",
        "droits réservés",
        "права",
        "javascript",
    ];
    MARKS.iter().any(|mark| lower.contains(mark))
}

/// Tells whether a line is a label and what it points to: "Read also: Talks go on in Geneva".
fn is_pointer(lower: &str) -> bool {
    memchr::memchr(b':', lower.as_bytes()).is_some_and(|at| at <= 24)
}

fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '\'', ')', ']', '”', '’', '»', '“']);
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '۔', '؟', '।'])
}

/// Tells whether the line is sentences: long enough, or shorter and ended like one.
fn is_prose(line: &str) -> bool {
    let words = word_estimate(line);
    words >= 22 || words >= 5 && ends_sentence(line)
}

/// Returns the number of words; a third of the characters where words are not set apart.
fn word_estimate(line: &str) -> usize {
    let spaces = memchr::memchr_iter(b' ', line.as_bytes()).count();
    if line.is_ascii() || spaces * 24 > line.len() {
        return spaces + 1;
    }
    line.chars().filter(|letter| *letter >= '\u{2e80}').count() / 2 + spaces + 1
}

/// Returns what each line of a text is by itself.
pub fn classify_all(lines: &[&str]) -> Vec<LineClass> {
    lines.iter().map(|line| classify(line)).collect()
}

/// Tells of each line whether it is litter that its outlet repeats; those that `states_field` of the
/// article are not, since a byline or a date stands in many files too.
///
/// A text half of whose prose below its first line is repeated is taken for a copied story, or for one
/// of many that are worded alike, and left as it is: to lose an article is worse than to keep litter.
pub fn repeated_litter(
    lines: &[&str],
    classes: &[LineClass],
    table: &LineTable,
    states_field: impl Fn(&str) -> bool,
) -> Vec<bool> {
    let mut is_repeated: Vec<bool> =
        lines.iter().map(|line| table.is_repeated(line) && !states_field(line)).collect();
    let (mut all, mut repeated) = (0, 0);
    for ((line, class), is_repeated) in lines.iter().zip(classes).zip(&is_repeated).skip(1) {
        if *class == LineClass::Prose {
            all += line.len();
            repeated += if *is_repeated { line.len() } else { 0 };
        }
    }
    let is_copy = repeated * 2 >= all;
    for (line, is_repeated) in lines.iter().zip(&mut is_repeated) {
        *is_repeated &= !is_copy && line.len() <= LONGEST_LINE;
    }
    is_repeated
}

/// Returns the lines that are the article: the stretch that reads most like prose.
///
/// Furniture inside the stretch is still in it; `classes` tells it.
pub fn article_range(lines: &[&str], classes: &[LineClass]) -> Range<usize> {
    let Some(best) = best_run(lines, classes) else { return 0..lines.len() };
    let is_furniture = |class: &LineClass| class.is_litter();
    // Short lines at the ends belong to a text without furniture: its headline, its last words.
    let before = &classes[..best.start];
    let start = match before.iter().rposition(is_furniture) {
        Some(last) => last + 1,
        None => 0,
    };
    let after = &classes[best.end..];
    let end = best.end + after.iter().position(is_furniture).unwrap_or(after.len());
    let start = if best.start - start <= MOST_SHORT_LINES { start } else { best.start };
    let end = if end - best.end <= MOST_SHORT_LINES { end } else { best.end };
    start..end
}

/// The most lines at an end that are kept although they are not prose.
const MOST_SHORT_LINES: usize = 12;

fn best_run(lines: &[&str], classes: &[LineClass]) -> Option<Range<usize>> {
    // A text without furniture is no page that could have such sentences.
    let is_page = classes.iter().any(|class| class.is_litter());
    let mut best: Option<(f32, Range<usize>)> = None;
    let (mut sum, mut start, mut gap) = (0.0_f32, 0, 0.0_f32);
    for (at, (line, class)) in lines.iter().zip(classes).enumerate() {
        // What readers say may be longer than what they say it of.
        if *class == LineClass::Comments && sum >= LEAST_ARTICLE {
            break;
        }
        if sum <= 0.0 {
            (sum, start) = (0.0, at);
        }
        // A share bar of twenty lines parts the lead from the rest no more than one of ten.
        let class = match class {
            LineClass::Prose if is_page && speaks_of_page(line) => LineClass::Furniture,
            class => *class,
        };
        let (own, before) = (score(line, class), gap);
        if class == LineClass::Prose {
            gap = 0.0;
            sum += own;
        } else {
            gap = (gap + own).max(WIDEST_GAP);
            sum += gap - before;
        }
        if sum > 0.0 && best.as_ref().is_none_or(|(most, _)| sum > *most) {
            best = Some((sum, start..at + 1));
        }
    }
    best.map(|(_, run)| run)
}

/// Stems of what notices of pages are about, in lower case.
const PAGE_MATTERS: &[&str] = &[
    "cookie",
    "datenschutz",
    "newsletter",
    "browser",
    "javascript",
    "privacy",
    "email address",
    "e-mail-adress",
    "akismet",
    "wordpress",
    "rights reserved",
    "rechte vorbehalten",
    "impressum",
    "copyright",
    "registrier",
    "einwillig",
    "consent",
    "password",
    "passwort",
    "abonn",
    "subscri",
    "sign up",
    "unsubscribe",
    "terms of use",
    "terms of service",
    "nutzungsbedingungen",
    "app store",
    "google play",
    "log in",
    "login",
    "einloggen",
    "anmeld",
    "werbeblocker",
    "adblock",
    "confidentialité",
    "mot de passe",
    "contraseña",
    "suscri",
    "privacidad",
    "privacidade",
    "senha",
    "iscriv",
    "wachtwoord",
    "ciastecz",
    "hasło",
    "пароль",
    "подпис",
    "підпис",
];

/// Words by which a page and its reader speak of each other, in lower case.
const PAGE_AND_READER: &[&str] = &[
    "deine", "deinem", "deinen", "deiner", "dich", "dir", "du", "ihnen", "ihr", "ihre", "ihrem",
    "ihren", "ihrer", "je", "jouw", "noi", "nos", "nosotros", "nostra", "nostro", "notre", "nous",
    "nuestra", "nuestras", "nuestro", "nuestros", "nós", "onze", "our", "seu", "sie", "sua", "te",
    "tu", "tus", "unser", "unsere", "unserem", "unseren", "unserer", "us", "usted", "uw", "você",
    "voi", "vos", "vostra", "vostro", "votre", "vous", "we", "wij", "wir", "you", "your", "вам",
    "ваш", "ваша", "ваше", "вы", "мы", "ви", "ми",
];

/// At least one in so many words of a notice is of the page.
const WORDS_A_MATTER: usize = 30;

/// The longest notice, in bytes.
const LONGEST_NOTICE: usize = 900;

/// Tells whether sentences are of the page and to its reader, such as those about cookies and accounts,
/// so that an article is not looked for among them.
fn speaks_of_page(line: &str) -> bool {
    static MATTERS: LazyLock<AhoCorasick> = LazyLock::new(|| {
        AhoCorasick::new(PAGE_MATTERS).expect("a few short stems make an automaton")
    });
    if line.len() > LONGEST_NOTICE {
        return false;
    }
    let lower = line.to_lowercase();
    let begins_word = |at: usize| !lower[..at].ends_with(char::is_alphanumeric);
    let matters = MATTERS.find_iter(&lower).filter(|found| begins_word(found.start())).count();
    matters * WORDS_A_MATTER >= word_estimate(line).max(1)
        && lower
            .split(|letter: char| !letter.is_alphanumeric())
            .any(|word| PAGE_AND_READER.contains(&word))
}

/// What lines between two of prose take off at the most.
const WIDEST_GAP: f32 = -8.0;

/// The least score of a stretch that comments follow which is taken for the article: of three or four
/// paragraphs. Teasers with the number of their comments have less.
const LEAST_ARTICLE: f32 = 6.0;

fn score(line: &str, class: LineClass) -> f32 {
    match class {
        LineClass::Prose => 1.0 + word_estimate(line).min(60) as f32 / 20.0,
        LineClass::Short => -0.6,
        LineClass::Furniture => -2.0,
        LineClass::EndMatter | LineClass::Comments => -4.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_by_its_phrases() {
        let cases = [
            ("Leave a Reply", LineClass::Comments),
            ("17 Kommentare", LineClass::Comments),
            ("Comments (35)", LineClass::Comments),
            ("25 thoughts on “How to grow a lemon tree”", LineClass::Comments),
            ("3 Responses to Guarantees", LineClass::Comments),
            ("Roberta says:", LineClass::Comments),
            ("Antwort ↓", LineClass::Comments),
            ("35 comments were made in Geneva, she said.", LineClass::Prose),
            ("The minister of defence of the country says:", LineClass::Short),
            ("Latest Posts", LineClass::EndMatter),
            (
                "Your email address will not be published. Required fields are marked *",
                LineClass::Furniture,
            ),
            ("Share this:", LineClass::Furniture),
            ("© 2022 Example Media", LineClass::Furniture),
            ("Comments on the plan were few, the ministry said on Monday.", LineClass::Prose),
            ("Related companies were not told of it, she said.", LineClass::Prose),
            (
                "Subscribers to the service rose by a tenth, the company said on Monday.",
                LineClass::Prose,
            ),
            ("World", LineClass::Short),
        ];
        for (line, class) in cases {
            assert_eq!(classify(line), class, "{line}");
        }
    }

    #[test]
    fn sentences_of_the_page_are_not_the_article() {
        let notice = "We use cookies so that this website works as you expect it, and if you agree \
            our partners set cookies as well. You can change what you have chosen at any time.";
        let story = "The browser will refuse the cookies of others from March on, the maker said, and \
            it was not the first to do so.";
        assert!(speaks_of_page(notice));
        assert!(!speaks_of_page(story));
        let lines = [notice, notice, "World", "Leave a reply", "A headline", story];
        let classes = classify_all(&lines);
        assert_eq!(best_run(&lines, &classes), Some(5..6));
    }

    #[test]
    fn an_article_alone_is_left_whole() {
        let lines = [
            "A headline",
            "The first paragraph says what it is about.",
            "A heading",
            "The last one ends here.",
            "Words",
        ];
        let range = |lines: &[&str]| {
            let classes: Vec<LineClass> = lines.iter().map(|line| classify(line)).collect();
            article_range(lines, &classes)
        };
        assert_eq!(range(&lines), 0..5);
        assert_eq!(range(&["Words"]), 0..1);
        assert_eq!(range(&[]), 0..0);
    }
}
