//! A small archive for the sessions of the commands: enough to search, sort, filter and break.

use crate::harness::Session;

const WIRE: &str = r#"{"title": "Moscow asks for security guarantees", "date": "2021-12-17T18:40:00+03:00", "source": "Meridian Wire", "author": "Ann Lee", "section": "World", "url": "https://wire.example/1", "body": "MOSCOW, Dec 17 (Meridian) - Russia asked NATO on Friday for security guarantees in writing. Sergei Lavrov said that the guarantees must bind both sides.\n\nNATO will answer in January."}
{"title": "Gas price doubles", "date": "2022-01-06", "source": "Meridian Wire", "body": "The price of gas doubled overnight in Zhanaozen, an oil town in Kazakhstan. Security was tightened in Almaty."}
{"title": "A word on guarantees", "date": "2022-01", "source": "Harbour Times", "body": "Guarantees are cheap, and security is dear. =HYPERLINK is no word of ours."}
"#;

const PAGE: &str = r#"<html lang="en"><head><title>Ministers part in Geneva | Harbour Times</title>
<meta property="og:site_name" content="Harbour Times">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ministers part in Geneva", "datePublished": "2022-01-21T14:00:00Z", "author": {"@type": "Person", "name": "Bo Ek"}}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Ministers part in Geneva</h1>
<p>Antony Blinken and Sergei Lavrov parted in Geneva on Friday after an hour and a half, and neither of the two said that anything had been agreed between them.</p>
<p>Written answers about security, and about the guarantees that Moscow wants, are to follow within a week, an American official told reporters who waited outside in the snow.</p>
</article></body></html>
"#;

/// Returns a session with the archive `news`: a wire in JSON Lines, a page, and what is no article.
pub(crate) fn newsroom() -> Session {
    let session = Session::new();
    session
        .file("news/wire.jsonl", WIRE)
        .file("news/2022/geneva.html", PAGE)
        .file("news/note.txt", "A note without a date\n\nSomebody saw a bear near the harbour. It ate fish and went away.\n")
        .file("news/empty.txt", "")
        .file("news/broken.json", "{\"title\": \"Cut sh");
    session
}

/// Returns the session with the archive indexed.
pub(crate) fn indexed_newsroom() -> Session {
    let session = newsroom();
    session.run(&["index", "--quiet", "news"]).status(0).stdout("").stderr("");
    session
}
