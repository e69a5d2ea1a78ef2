//! Lines that an outlet's files repeat are not its articles, and are learnt while indexing.

use super::harness::Session;

/// Writes a page as a scraper keeps it.
fn scrape(session: &Session, number: usize, story: &str) {
    let page = format!(
        "Weather and traffic\n\nA story of {story}\n\nBy Jane Doe\n\n25 January 2022\n\nThe council of the \
         town spoke of {story} for an hour on Monday.\n\nThe gardener answers your questions about \
         roses this week.\n\nNobody knows what will come of {story} in the spring.\n\nSource: The Town \
         Crier\n"
    );
    session.file(format!("archive/crier/{number}.txt"), page);
}

fn articles(session: &Session) -> Vec<serde_json::Value> {
    let read = session.run(&["read", "--no-entities", "archive"]).status(0);
    read.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn lines_of_three_files_are_no_article() {
    let session = Session::new();
    ["bees", "bells", "boats"]
        .iter()
        .zip(1..)
        .for_each(|(story, number)| scrape(&session, number, story));
    for (article, story) in articles(&session).iter().zip(["bees", "bells", "boats"]) {
        assert_eq!(article["title"], format!("A story of {story}"));
        assert_eq!(article["byline"], "Jane Doe");
        assert_eq!(article["outlet"], "The Town Crier");
        assert_eq!(article["date"], "2022-01-25");
        assert_eq!(
            article["body"],
            format!(
                "The council of the town spoke of {story} for an hour on Monday.\n\nNobody knows \
                 what will come of {story} in the spring."
            )
        );
    }
}

#[test]
fn texts_that_are_worded_alike_keep_every_line() {
    let session = Session::new();
    let same = "Nothing else was decided, and the talks on security guarantees go on. ".repeat(20);
    let line =
        |number: usize| format!("The commission met in Geneva for {number} hours on Monday.");
    for number in 1..=5 {
        let text = format!("Report {number} of the commission\n\n{}\n\n{same}\n", line(number));
        session.file(format!("archive/{number}.txt"), text);
    }
    for (article, number) in articles(&session).iter().zip(1..) {
        let body = article["body"].as_str().unwrap();
        assert_eq!(body, format!("{}\n\n{}", line(number), same.trim_end()));
    }
}

#[test]
fn what_is_learnt_changes_with_the_archive() {
    let session = Session::new();
    scrape(&session, 1, "bees");
    scrape(&session, 2, "bells");
    let index = || session.run(&["index", "--quiet", "archive"]).status(0);
    let finds = |word: &str, status: i32| {
        let _ = session.run(&["search", "--archive", "archive", word]).status(status);
    };
    let _ = index();
    finds("gardener", 0);
    scrape(&session, 3, "boats");
    let _ = index();
    finds("gardener", 1);
    finds("bees", 0);
    session.remove("archive/crier/3.txt");
    let _ = index();
    finds("gardener", 0);
}

#[test]
fn a_file_alone_reads_as_it_is_indexed() {
    let session = Session::new();
    ["bees", "bells", "boats"]
        .iter()
        .zip(1..)
        .for_each(|(story, number)| scrape(&session, number, story));
    let whole = articles(&session);
    let bodies = |place: &str| -> Vec<serde_json::Value> {
        let read = session.run(&["read", "--no-entities", place]).status(0);
        let articles = read.stdout.lines().map(|line| serde_json::from_str(line).unwrap());
        articles.map(|article: serde_json::Value| article["body"].clone()).collect()
    };
    let alone = bodies("archive/crier/2.txt");
    assert!(alone[0].as_str().unwrap().contains("gardener"));
    session.run(&["index", "--quiet", "archive"]).status(0);
    assert_eq!(bodies("archive/crier/2.txt"), [whole[1]["body"].clone()]);
    let all: Vec<_> = whole.iter().map(|article| article["body"].clone()).collect();
    assert_eq!(bodies("archive/crier"), all);
    assert_eq!(bodies("archive"), all);
}

#[test]
fn a_page_kept_as_lines_gives_its_headline_and_its_text_without_what_readers_say() {
    const PAGE: &str = "Skip to content
Home
World
Ferry runs again after the storm
Sign in
Facebook
The ferry to the island ran again on Monday, three days after the storm had torn away a part of the pier.
Divers looked at the piles on Sunday and found two of them cracked, the harbour office said in the evening.
Until they are replaced in May, lorries of more than twelve tons must take the longer way by the northern port.
2 Comments
Ida says:
March 3, 2022 at 9:14 am
I have waited for four hours with two children and nobody could tell us whether a boat would come or not.
Reply
Bo says:
March 3, 2022 at 9:40 am
They should have built the new pier ten years ago, when there was money for it and nobody wanted to hear of it.
Reply
Leave a Reply
";
    let session = Session::new();
    session.file("a/ferry.txt", PAGE);
    let article = session.run(&["read", "a"]).status(0).json();
    assert_eq!(article["title"], "Ferry runs again after the storm");
    let body = article["body"].as_str().unwrap();
    assert!(body.starts_with("The ferry to the island"), "{body}");
    assert!(body.ends_with("by the northern port."), "{body}");
}
