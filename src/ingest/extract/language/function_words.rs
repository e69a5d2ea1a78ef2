//! The commonest small words of languages written in Latin and Cyrillic letters.
//!
//! News prose is a third function words, so a few dozen words tell its language with certainty and at
//! a fraction of the cost of trigrams. A word of several languages counts for each by its share.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The words read of a text.
const MOST_WORDS: usize = 150;

/// Longer words are no function words.
const LONGEST_WORD: usize = 24;

/// A language and its function words.
type Row = (&'static str, &'static str);

const ROWS: &[Row] = &[
    (
        "en",
        "the of and to a in that is was for it with as his on be at by had not are but from or have an they which one were her all she there would their we him been has when who will more no if out so said what up its about into than them can only other new some could time these two may then do first any my now such like our over man me even most made after also did many before must through years where much your way well down should because each just those people how too little state good very make world still own see men work long get here between both life being under never day same another know while last might us great old year off come since against go came right used take three i you he mine don' doesn' didn' isn' wasn' aren' weren' can' couldn' won' wouldn' haven' hasn' does done doing why whom whose please yes let something anything everything nothing someone anyone everyone always often ever yet again quite rather though although however whether without within among around behind below above across along toward towards until upon per via during due onto having getting going want wants need needs knows think thinks makes takes took give gives gave find found keep help look looking using use really actually already almost enough either neither else this himself herself itself themselves myself yourself ourselves ours yours hers",
    ),
    (
        "de",
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei prozent hatte kann gegen vom können schon wenn habe seine ihre dann unter wir soll ich eines jahr zwei jahren diese dieser wieder keine seiner worden will zwischen immer millionen was sagte gibt alle diesem seit muss wurden beim doch jetzt waren drei jahre beispiel unser ihr ihm ihn seinen neue damit bereits da ihrer hier ohne würde müssen sagt etwa wegen sondern selbst erst ob dazu viele du dich dir mich mir ihnen euch dein deine deinem deinen deiner mein meine meinem meinen meiner unsere unseren unserer unserem seinem ihrem ihren eure bist kannst hast wirst willst musst sollst könnte könnten würden wäre wären hätte hätten sollte sollten möchte möchten darf dürfen wollen wollte konnte konnten musste dies dieses jene jener jede jeder jedes jedem jeden alles allem allen etwas nichts niemand jemand welche welcher welches wo wohin woher warum wieso weil während bevor nachdem obwohl indem falls sobald sowie sowohl weder nun nie oft sehr ganz gar kaum fast eher zwar also daher deshalb trotzdem außerdem jedoch allerdings dabei dafür daran darauf daraus darüber darum davon dagegen dort hin her los zusammen weiter besser mal eben genau heute gestern morgen ins ans aufs denn weitere weiteren anderen andere anderer neuen neuer neues ersten zweiten macht machen geht gehen kommt kommen steht stehen liegt bleibt lässt lassen",
    ),
    (
        "fr",
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec ou son mais comme on tout nous sa fait été aux cette ses leur être deux même si ont ans elle après entre encore aussi dont ainsi depuis ces très sans lui peut était où avait leurs sous avant fois moins autres toujours bien vous notre selon contre lors cela celui ceux également alors y je d' l' s' c' n' qu' j' m' t' jusqu' lorsqu' puisqu' aujourd' tu te toi ton tes moi mon ma mes me vos votre nos eux elles quand faire font fais faut va vont aller ici là rien jamais personne chaque quel quelle quels quelles tous toutes toute parce pourquoi comment combien lorsque puisque tandis pendant durant vers chez hors dès malgré parmi près loin trop assez peu beaucoup tant déjà enfin ensuite puis donc car ni or seulement surtout notamment afin lequel laquelle lesquels celle celles cet ceci soit serait sera seront suis es êtes sommes avons avez aura auront avaient étaient peuvent pouvait doit doivent devrait veut plusieurs quelques certains certaines autre mêmes non oui",
    ),
    (
        "es",
        "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo han yo hay vez puede todos así nos ni parte tiene él uno donde bien tiempo mismo ese ahora cada e vida otro después te otros aunque esa eso hace otra gobierno tan durante siempre día tanto ella tres sí dijo sido gran país según menos año antes estado contra sino forma caso nada hacer general estaba poco estos presidente mayor ante unos les algo hacia casa ellos ayer hecho mucho tu tus ti contigo usted ustedes vos nosotros nuestra nuestro nuestros nuestras mí mis míos suyo aquí ahí allí allá quién quiénes cuál cuáles cómo cuándo dónde cuánto tras mediante además tampoco nunca jamás todavía apenas casi quizás incluso pues mientras aún solo cual cuyo cuya quienes esto aquel aquella aquellos estas esas otras misma mismos mismas cualquier cualquiera ninguno ninguna ningún alguien algún alguna algunas algunos varios varias fueron será serán sería están estás estaban estamos eres somos hemos has habían haber puedes pueden podrá podría debe deben debería quiere quieren va van voy fui hizo hacen",
    ),
    (
        "pt",
        "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles estão você tinha foram essa num nem suas meu às minha têm numa pelos elas havia seja qual será nós tenho lhe deles essas esses pelas este dele são ainda segundo pode ano anos presidente governo sobre após contra disse vocês tu te ti mim comigo meus minhas teu tua nosso nossa nossos nossas dela delas isto aquilo esta estes estas aquele aquela aqueles aquelas desse dessa deste desta neste nesta nesse nessa daquele àquele aqui ali lá onde quanto quais porque porquê pois enquanto embora apesar além através durante desde sob perante conforme todo toda todos todas cada outro outra outros outras algum alguma alguns algumas nenhum nenhuma nada ninguém alguém tudo mesma mesmos muita muitos muitas pouco poucos menos bem mal sempre nunca jamais agora hoje ontem então assim apenas somente fui eram serão seria estar estava estavam tinham haver fazer faz fez feito vai vão ir podem poderia deve devem quer",
    ),
    (
        "it",
        "di e il la che in a per è un del non una con i si da le al della dei sono come più nel alla gli lo ha ma dal delle anche o se su questo ai alle dalla loro suo sua stato nella quando essere anni hanno tra dopo due prima solo così ancora già ed degli era questa perché cui ci sia molto dello fra senza ogni oggi anno quello tutti poi chi tutto stata proprio mentre dove fatto sul sulla può parte contro nei nelle presidente governo secondo ne l' d' un' dell' all' nell' sull' dall' quell' quest' c' s' po' mi ti vi me te noi voi io tu lei lui mio mia miei tuo tua nostro nostra vostro vostra suoi sue questi queste quei quegli quelle quella quell qui qua lì là quanto poiché affinché finché oppure ovvero né neanche nemmeno pure inoltre invece però dunque quindi allora infatti cioè forse sempre mai spesso ieri domani adesso ora ognuno qualche alcuni alcune nessuno niente nulla tutta tutte altro altra altri altre stesso stessa stessi molti molte troppo poco meno siamo siete erano sarà saranno sarebbe stati avere abbiamo avete aveva avevano avrà fare fa fanno possono deve devono vuole viene vengono va vanno durante attraverso verso presso circa oltre sotto sopra",
    ),
    (
        "nl",
        "de het een van en in is dat op te zijn voor met die niet aan er om ook als dan maar bij uit nog naar heeft ze door over worden wordt was wel meer of hij hebben kan tot al deze wat jaar werd zou veel moet geen haar onder zich hun zo ons dit tegen na twee mensen je we zegt ik hem alle tussen nu omdat had waar kunnen moeten mijn gaat jaren nieuwe waren dus werden weer heel andere nederland jij jou jouw u uw wij jullie hen mij me onze daar hier wanneer waarom hoe wie welke iets niets niemand iemand alles elk elke ieder iedere sommige weinig minder zeer erg altijd nooit vaak soms toen toch want doordat hoewel terwijl zodat indien tenzij voordat nadat sinds tijdens volgens zonder binnen buiten achter boven vanaf vanuit via ben bent heb hebt hadden wil wilt willen wilde wilden kun kunt konden kon mag mogen mocht zal zult zullen zouden moest moesten doet doen gedaan ga gaan ging komt komen kwam eerste echter daarom daarbij daarmee daarna ervan erop eraan hierbij",
    ),
    (
        "sv",
        "och i att det som en på är av för med den till inte de har ett om han men var från kan vi så ska sig eller jag vid också efter nu när under man hade över ut skulle sin där upp alla än mot mer sedan blir två år säger detta denna vara många hon oss mycket bara utan andra blev få kommer varit måste mellan hans något finns dem här vad svenska enligt sina du ni mig dig honom henne er mina min mitt din ditt dina vår vårt våra ert sitt deras hennes dessa varför hur vem vilken vilket vilka eftersom därför samt dock redan aldrig alltid ofta ibland då innan genom hos inom utanför kring ingen inget inga någon några allt varje mest mindre bli ha haft kunde vill ville får fick gör gjorde går gick kom fanns",
    ),
    (
        "da",
        "og i at det er en til på som for med de den af ikke et har der han var fra men vi kan så om skal sig jeg efter også ved nu være hvor når havde ud ville sin over op alle end mod mere siden bliver to år siger denne dette mange hun os meget bare uden andre blev få kommer været må mellem hans noget dem her hvad ifølge deres selv ind blandt ad nogle du mig dig ham hende jer min mit mine din dit dine vores jeres hendes sit disse hvornår hvorfor hvordan hvem hvilken hvilket hvilke fordi derfor samt dog kun allerede aldrig altid ofte nogen ingen intet alt hver mest mindre blive have haft kunne skulle vil måtte får fik gør gjorde går gik kom findes fandtes igen gennem under hos inden omkring lidt selvom hvis",
    ),
    (
        "nb",
        "og i det er en til på som for med de av ikke et har at han var fra men vi kan så om skal seg jeg etter også ved nå være der når hadde ut ville sin over opp alle enn mot mer siden blir to år sier denne dette mange hun oss mye bare uten andre ble få kommer vært må mellom hans noe dem her hva ifølge deres selv den inn blant fram bli gjør norske du dere meg deg ham henne min mitt mine din ditt dine vår vårt våre hennes sitt disse hvor hvorfor hvordan hvem hvilken hvilket hvilke fordi derfor samt dog kun allerede aldri alltid ofte noen ingen ingenting alt hver mest mindre ha hatt kunne skulle vil måtte får fikk gjorde går gikk kom finnes fantes igjen gjennom under hos innen rundt litt hvis viktig veldig",
    ),
    (
        "nn",
        "og i det er ein til på som for med dei av ikkje eit har at han var frå men vi kan så om skal seg eg etter òg ved no vere der når hadde ut ville sin over opp alle enn mot meir sidan blir to år seier denne dette mange ho oss mykje berre utan andre vart få kjem vore må mellom noko her kva deira sjølv den inn me",
    ),
    (
        "fi",
        "ja on ei että se oli hän mutta ovat kun myös niin kuin joka sen jos vain mukaan vuoden sitä jo tai nyt mitä ollut hänen siitä voi kanssa sanoo ole olla tämä enemmän noin mukaan vielä sekä koska vuonna eivät kaikki siis jälkeen ennen sanoi muun tulee olisi suomen ne me minä joten kuitenkin tämän joita jotka jossa jolla hyvin kaksi nämä näin vaan asti kautta saa",
    ),
    (
        "hu",
        "a az és hogy nem is egy van volt de ez meg már csak el ki még ha mint azt lehet én vagy be sem azonban szerint után amely ezt minden amit kell majd fel akkor mert aki ami nagy két most pedig volna lesz lett voltak magyar több illetve úgy arra között ezek sok olyan így ezért forint éves évben jelenleg során",
    ),
    (
        "ro",
        "de și in în la a cu pe că nu o din un este care pentru se mai au fost sa să ce am ca lui dar sunt fi al el prin ale fie sau iar după anul ani foarte lor când va acest această fără până între doar cele cel cei ai cum unei unui împotriva despre acum vor atunci astfel către dintre decât ei ea noi poate acestea si",
    ),
    (
        "tr",
        "ve bir bu da de için ile çok olarak daha ne gibi en o olan kadar sonra ama var ya ki her değil göre ise iki olduğu olduğunu yeni kendi hem diye şey ben bin milyon dedi ancak içinde etti oldu şu yok biz en onun nasıl önce zaman büyük tarafından üzerinde arasında edildi nin nın genel başkanı türkiye yıl",
    ),
    (
        "pl",
        "w i na z się nie do to że jest o jak a po co ale od za przez tym są tak dla czy oraz było być może tego już który jego ze tylko które przed ich był jej ma jednak pod także która bardzo gdy można mnie nad lub by roku lat został również będzie przy podczas której jako mówi kiedy więc bez więcej między tej gdzie wszystko jeszcze nawet bo pan polski zostały według te ja ty my wy oni one nas nam wam was mu go im nimi nich mój moja moje twój nasz nasza nasze wasz swój swoje swoją swoich ten ta temu tych tymi ci tamten kto jaki jaka jakie jakich którą których którym którzy którego dlaczego skąd dokąd wtedy teraz dziś dzisiaj wczoraj jutro zawsze nigdy często czasem prawie jedynie ponieważ gdyż żeby aby choć chociaż jeśli jeżeli zatem natomiast albo ani niż wokół wśród dzięki mimo wobec każdy każda każde wszyscy wszystkie nic nikt ktoś coś inny inne innych sam sama jestem jesteś jesteśmy byli były będą będę mają miał miała mieli mogą mógł trzeba należy chce chcą",
    ),
    (
        "cs",
        "a v se na je že to z s o do i ale jako za by pro tak po podle který si které jsou ve už jsem byl jeho nebo která při také od jak ze byla k více jen než před bude není co až bylo ještě když této roku proti může kteří mezi také pak však byly jejich korun lidí let své svou jeho této tento mu tím kde proto pouze být má mají i no",
    ),
    (
        "sk",
        "a v sa na je že to z s o do aj ale ako za by pre tak po podľa ktorý si ktoré sú vo už som bol jeho alebo ktorá pri tiež od so bola k viac len než pred bude nie čo až bolo ešte keď tejto roku proti môže ktorí medzi však boli ich ľudí rokov svoje svoju tento mu tým kde preto byť má majú slovensko povedal",
    ),
    (
        "hr",
        "i u je na se da za su od s o a koji kao to ne će iz bi sam ili što po samo koje do te ali nije koja može ima bio sve više kako još već prema nakon biti bila ako godine također hrvatska hrvatske rekao prije između te tijekom jer bez svoj kada ga bilo svoje smo imaju",
    ),
    (
        "sl",
        "in je v na se da za so ki od s z pa bi ne ni o ali kot to tudi po iz le do pri še bil že kako lahko sem več ko če bo bila bilo biti med leta vse zaradi svoje pred samo ima po tem nato leto tako ker slovenije ter",
    ),
    (
        "sr",
        "и у је на се да за су од са о а који као то не ће из би сам или што по само које до али није која може има био све више како још већ према након бити била ако године рекао између јер без када",
    ),
    (
        "lt",
        "ir kad yra iš į su bet tai kaip buvo jau apie dėl už po ne ar nuo iki per tik savo metų lietuvos taip šio jis jo gali buvo dar šiuo jos labai metais pat jie kurie buvo jei būti bus tačiau daug teigė pasak sakė",
    ),
    (
        "lv",
        "un ir ka no ar par uz to kas arī bet kā lai vai tā gan jau tas pēc gada latvijas viņš pie ne līdz bija savu tikai ko nav tiek ļoti var būs kad šo jo vēl tomēr kuru gadu gadā pirms būt teica",
    ),
    (
        "et",
        "ja on ei et kui see mis ka oli ta aga oma ning selle siis või eesti seda kes nii välja pole kuid üle enam juba mille ma pärast tema küll ütles mida veel kuni eest aasta aastal peab koos olla saab nende sest nagu ole",
    ),
    (
        "id",
        "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa ada mereka lebih kata tahun sudah atau saat oleh menjadi orang ia telah adalah seperti sebagai bahwa dapat para harus namun kita dua satu masih hari hanya mengatakan kepada kami setelah melakukan lalu belum lain dia kalau terjadi banyak menurut anda hingga tak baru beberapa ketika saja jalan sekitar secara dilakukan sementara tapi sangat hal sehingga seorang bagi besar lagi selama antara waktu sebuah",
    ),
    (
        "vi",
        "và của là có trong cho không được các một những với người đã này để khi năm về từ ra đến ở như tại vào sau cũng trên nhiều theo ông nhưng phải đó còn việt nam sẽ đang do nên hơn bị lại",
    ),
    (
        "ca",
        "de la i el que a en les els un per del una amb és no es al va se ha dels més com són però pel aquest aquesta ser seva seu l' d' ho hi també sobre entre han havia tot sense fins des quan on qui seus perquè molt dos anys ja si ni així cada després només n' s' m'",
    ),
    (
        "sq",
        "të e në i dhe për se me një nga që më është ka do si ky kjo është nuk u por janë duke edhe ishte tyre tij saj ata pas kur mund deri shqipëri",
    ),
    (
        "tl",
        "ang ng sa na mga at ay ni si hindi para ito kay ko niya may mo siya nila kung pa rin lang naman dahil ako ka din nang",
    ),
    (
        "ru",
        "и в не на что с по как это он из за его но к от то у а для о же так был все бы года до она или еще было были только уже если их мы при чтобы может после во со ее они этом также будет ему который которые том лет быть более того чем этого когда где я об под время есть ни себя очень россии заявил сказал сообщил через между том без однако свои без которых человек",
    ),
    (
        "uk",
        "і в не на що з у та як за до це він із його але від для про є або року був ми вони також при які який через після щоб вже було були так бути може її й я їх україни якщо а під час той ще між тому його сказав заявив зараз лише коли де цього цей ця всі має навіть без проти понад яка яке можна чи",
    ),
    (
        "be",
        "і ў не на што з як гэта ён за да але ад для па пра або быў яго мы яны таксама каб ужо была былі можа пасля які якія яе іх калі дзе гэтага беларусі яшчэ яна ці трэба паводле вельмі",
    ),
    (
        "bg",
        "и в на да не се за от с по е че са това като ще до към но при или си който която които беше бил след без още само най има няма тази този през както много може годишен година години преди между също защото каза ли ни",
    ),
    (
        "mk",
        "и во на да не се за од со е дека што по ќе до но или кој која кои беше бил по без уште само нај има нема оваа овој преку како многу може година години пред меѓу исто бидејќи рече изјави",
    ),
];

/// The score of the best language and the next one, in words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Verdict {
    /// The code of the best language.
    pub(super) code: &'static str,
    /// How many words speak for it, shared ones in part.
    pub(super) best: f32,
    /// How many speak for the next language.
    pub(super) next: f32,
    /// The words of the text that were looked at.
    pub(super) words: usize,
}

impl Verdict {
    /// Tells whether no other language comes near.
    pub(super) fn is_certain(&self) -> bool {
        self.best >= 4.0 && self.best >= 0.12 * self.words as f32 && self.best >= 2.0 * self.next
    }

    /// Tells whether the text speaks for the language rather than for any other; the letters of a
    /// table are words of some language too, but too few of them.
    pub(super) fn is_likely(&self) -> bool {
        self.best >= 1.5 && self.best >= 0.07 * self.words as f32 && self.best >= 1.4 * self.next
    }
}

static WORDS: LazyLock<FxHashMap<&'static str, Vec<u8>>> = LazyLock::new(|| {
    let mut words: FxHashMap<&'static str, Vec<u8>> = FxHashMap::default();
    for (number, (_, row)) in (0..).zip(ROWS) {
        for word in row.split(' ') {
            let languages = words.entry(word).or_default();
            if !languages.contains(&number) {
                languages.push(number);
            }
        }
    }
    words
});

/// Counts the function words of `text`; `None` where it has none.
pub(super) fn count(text: &str) -> Option<Verdict> {
    let mut scores = [0.0_f32; ROWS.len()];
    let mut buffer = String::with_capacity(LONGEST_WORD * 2);
    let mut words = 0;
    for (word, is_elided) in words_of(text).take(MOST_WORDS) {
        words += 1;
        if word.len() > LONGEST_WORD || is_short_capitals(word) {
            continue;
        }
        buffer.clear();
        lower_into(word, &mut buffer);
        if let Some(languages) = languages_of(&mut buffer, is_elided) {
            let share = 1.0 / languages.len() as f32;
            for language in languages {
                scores[usize::from(*language)] += share;
            }
        }
    }
    let (at, best) =
        scores.iter().copied().enumerate().max_by(|one, two| one.1.total_cmp(&two.1))?;
    let next = scores.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, score)| *score);
    let next = next.fold(0.0, f32::max);
    (best > 0.0).then_some(Verdict { code: ROWS[at].0, best, next, words })
}

/// Returns the words of a text, each with whether an apostrophe follows it.
fn words_of(text: &str) -> impl Iterator<Item = (&str, bool)> {
    text.split_inclusive(|letter: char| !letter.is_alphabetic())
        .map(|piece| (piece.trim_end_matches(|letter: char| !letter.is_alphabetic()), piece))
        .filter(|(word, _)| !word.is_empty())
        .map(|(word, piece)| (word, piece.ends_with(['\'', '\u{2019}'])))
}

/// Returns the languages whose word this is: the elided one first, `l'` before `l`.
fn languages_of(word: &mut String, is_elided: bool) -> Option<&'static Vec<u8>> {
    if is_elided {
        word.push('\'');
        if let Some(languages) = WORDS.get(word.as_str()) {
            return Some(languages);
        }
        word.pop();
    }
    WORDS.get(word.as_str())
}

/// Tells whether the word is a heading of a table or an abbreviation: `W`, `PF`, `USA`.
fn is_short_capitals(word: &str) -> bool {
    word.len() <= 4 && word.chars().all(char::is_uppercase)
}

fn lower_into(word: &str, buffer: &mut String) {
    if word.is_ascii() {
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
    } else {
        buffer.extend(word.chars().flat_map(char::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_near_languages_apart() {
        let cases = [
            (
                "Regeringen vil ikke sende flere penge til kommunerne, siger ministeren efter mødet af frygt for krav.",
                "da",
            ),
            (
                "Regjeringen vil ikke sende mer penger til kommunene, sier statsråden etter møtet av frykt for krav.",
                "nb",
            ),
            (
                "Уряд не планує підвищувати податки, заявив міністр після зустрічі з послами, які були в Києві.",
                "uk",
            ),
            (
                "Vláda podľa ministra nebude zvyšovať dane, ktoré sú už teraz vysoké, ale pre ľudí to nie je dobré.",
                "sk",
            ),
        ];
        for (text, code) in cases {
            let verdict = count(text).expect("function words");
            assert_eq!(verdict.code, code, "{verdict:?}");
        }
    }

    #[test]
    fn letters_before_an_apostrophe_are_words_of_other_languages_than_bare_ones() {
        let french = count("l'accord n'est qu'un début d'après l\u{2019}Élysée").expect("words");
        assert_eq!(french.code, "fr", "{french:?}");
        assert_eq!(count("n = 12, d = 4, c = 3"), None);
    }
}
