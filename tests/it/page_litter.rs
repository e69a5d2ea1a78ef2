//! What stands around the article of a scraped page, and in the middle of it, is left out.

use super::harness::Session;

const TEXT: &str =
    "The ministers met in Geneva on Monday, and their talks went on until the night fell.";

/// Returns the title and the body of the lines of a page, read as scraped text.
fn read(lines: &[&str]) -> (String, String) {
    read_as("page.txt", lines)
}

/// Returns the article in the lines of a file of this name.
fn article(name: &str, lines: &[&str]) -> serde_json::Value {
    let session = Session::new();
    session.file(format!("a/{name}"), lines.join("\n"));
    let read = session.run(&["read", "--no-entities", "a"]).status(0);
    serde_json::from_str(read.stdout.trim_end()).unwrap()
}

/// Returns the title and the body of the lines of a file of this name.
fn read_as(name: &str, lines: &[&str]) -> (String, String) {
    let article = article(name, lines);
    let field = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
    (field("title"), field("body").split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_gallery_in_the_middle_of_an_article_is_none_of_it() {
    let header = ["Home", "World", "Sport", "Talks go on in Geneva", "3 March 2020", "Share this"];
    let picture = |day, agency| {
        ["Pictures of the week", day, "A man walks by the lake in the rain and snow.", agency]
    };
    let gallery = [
        picture("1 March", "PA"),
        picture("2 March", "AFP via Getty Images"),
        picture("3 March", "AP"),
    ];
    let end = ["Leave a Reply", "Your email address will not be published."];
    let page = [&header[..], &[TEXT; 6], &gallery.concat(), &[TEXT; 6], &end].concat();
    let (title, body) = read(&page);
    assert_eq!(title, "Talks go on in Geneva");
    assert_eq!(body.matches("The ministers met").count(), 12, "{body}");
    assert!(!body.contains("A man walks") && !body.contains("Getty"), "{body}");
}

#[test]
fn nothing_below_the_end_of_a_page_is_of_its_article() {
    let other = "The harbour was closed by the storm, and it was opened again when that was over.";
    for last in
        ["Copyright 2020 Crier. All rights reserved.", "Notify me of new comments by email."]
    {
        let page = [&["Talks go on in Geneva"], &[TEXT; 4][..], &[last], &[other; 9]].concat();
        let (title, body) = read(&page);
        assert_eq!(title, "Talks go on in Geneva");
        assert_eq!(body, [TEXT; 4].join(" "), "{last}");
    }
}

#[test]
fn teasers_with_links_to_the_rest_are_none_of_the_article() {
    let teaser = |title| [title, "It began with a letter that nobody had read.", "Read more"];
    let teasers = [teaser("Letters"), teaser("Harbour"), teaser("Bridge")].concat();
    let page = [&["Talks go on in Geneva"], &[TEXT; 4][..], &teasers].concat();
    assert_eq!(read(&page).1, [TEXT; 4].join(" "));
}

#[test]
fn a_page_that_a_text_browser_wrapped_is_read_as_one_that_is_not() {
    let wrapped = [
        "Ministers met by the lake on Monday and said that they would go on with",
        "the talks, which have gone on for two years without an end in sight. The",
        "next round is in spring.",
        "",
        "Nobody expects much of it, said a delegate who had been there from the",
        "first day, but nobody wants to be the one who leaves the table, and so",
        "they stay.",
        "",
    ];
    let menu = ["Home", "World", "Sport", "Weather by the lake", "Letters to the editor"];
    let end = ["Leave a Reply", "Your email address will not be published.", "Imprint"];
    let page = [&menu[..], &["Talks go on in Geneva"], &wrapped.repeat(3), &end].concat();
    let (title, body) = read(&page);
    assert_eq!(title, "Talks go on in Geneva");
    let text = wrapped.repeat(3).join(" ");
    assert_eq!(body, text.split_whitespace().collect::<Vec<_>>().join(" "));
}

#[test]
fn a_page_that_was_turned_into_markdown_is_read_without_its_menus() {
    let menu = ["[ ](/)", "", "* [Home](/)", "* [World](/w)", "", "# Talks go on in Geneva", ""];
    let text = ["The [ministers](/m) met in **Geneva** on Monday, and talked until the night.", ""];
    let more = ["Nobody expects much of it, said a delegate from the first day by the lake.", ""];
    let end = ["## Leave a Reply", "", "Your email address will not be published."];
    let page = [&menu[..], &text, &more, &end].concat();
    let (title, body) = read_as("page.md", &page);
    assert_eq!(title, "Talks go on in Geneva");
    let text = "The ministers met in Geneva on Monday, and talked until the night.";
    assert_eq!(body, format!("{text} {}", more[0]));
}

#[test]
fn the_numbers_of_links_are_none_of_the_text() {
    let menu =
        ["[1]Home", "[2]World", "[3]Sport", "[4]Letters", "Talks go on in Geneva", "[5]Share this"];
    let text = "The [6]ministers met in Geneva, and their talks, begun in [7]spring, went on.";
    let end = ["[8]Leave a Reply", "[9]Imprint", "References", "1. https://crier.example.org/home"];
    let page = [&menu[..], &[text], &[TEXT; 4], &end].concat();
    let (title, body) = read(&page);
    assert_eq!(title, "Talks go on in Geneva");
    let text = "The ministers met in Geneva, and their talks, begun in spring, went on.";
    assert_eq!(body, format!("{text} {}", [TEXT; 4].join(" ")));
}

#[test]
fn authors_and_day_are_read_from_the_lines_around_the_headline() {
    let pages: [(&[&str], &str, &str); 7] = [
        (&["By Jane Doe", "March 2020"], "Jane Doe", "2020-03"),
        (&["Jane Doe 19.10.2019, 05:00 Uhr"], "Jane Doe", "2019-10-19T05:00:00"),
        (&["Posted on 3 May 2020 by Jane Doe | Leave a comment"], "Jane Doe", "2020-05-03"),
        (&["Jane Smith", "Share", "Published: 3 May 2020"], "Jane Smith", "2020-05-03"),
        (&["3 May 2020 | Updated 4 May 2020 | Jane Doe | 3 comments"], "Jane Doe", "2020-05-03"),
        (
            &["Author", "Jane Doe", "12.12.2019 - Lake Institute of all that swims"],
            "Jane Doe",
            "2019-12-12",
        ),
        (&["Redaktion - 31. Januar 2020"], "Redaktion", "2020-01-31"),
    ];
    for (fields, author, day) in pages {
        let menu = ["Home", "World", "Sport", "Share this", "Talks go on in Geneva"];
        let end = ["Leave a Reply", "Your email address will not be published."];
        let page = [&menu[..], fields, &[TEXT, "Nobody said what they spoke of so late in Geneva, and the press had to wait for it."], &end].concat();
        let article = article("page.txt", &page);
        assert_eq!(article["title"], "Talks go on in Geneva", "{fields:?}");
        assert_eq!(article["authors"], serde_json::json!([author]), "{fields:?}");
        assert_eq!(article["date"], day, "{fields:?}");
        let body = article["body"].as_str().unwrap();
        for word in ["Jane", "Redaktion", "2019", "2020"] {
            assert!(!body.contains(word), "{body}");
        }
    }
}
