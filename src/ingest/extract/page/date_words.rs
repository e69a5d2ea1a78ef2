//! What dates of a page are called: the `meta` elements that state them, and the words before them.

use crate::ingest::extract::date_line::is_labelled;

/// `meta` elements that state the time of publication.
pub(super) const PUBLISHED_METAS: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "uploaddate",
    "og:article:published_time",
    "article.published",
    "published_time",
    "publication_date",
    "publish_date",
    "publishdate",
    "publish-date",
    "published-date",
    "published_at",
    "pubdate",
    "pub_date",
    "cxenseparse:recs:publishtime",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.available",
    "date",
    "bt:pubdate",
    "citation_publication_date",
    "citation_online_date",
    "rnews:datepublished",
    "timestamp",
    "article_date_original",
    "originalpublicationdate",
    "displaydate",
    "content_create_date",
    "dc.date.publication",
    "shareaholic:article_published_time",
    "vr:published_time",
    "eomportal-lastupdate",
    "created",
    "article:post_date",
    "doc_date",
    "dateposted",
    "release_date",
    "dc.terms.issued",
    "gentics-publication-date",
    "dcsext.articlefirstpublished",
    "prism.publicationdate",
    "issued",
    "og:pubdate",
    "mediator_published_time",
];

/// `meta` elements that state the time of creation.
pub(super) const CREATED_METAS: &[&str] = &[
    "dc.date.created",
    "dcterms.created",
    "datecreated",
    "dc.created",
    "creation_date",
    "dc.terms.created",
];

/// `meta` elements that state the time of the last change.
pub(super) const MODIFIED_METAS: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "dc.date.modified",
    "revision_date",
    "date_modified",
    "modified",
    "lastmodified",
    "dc.date.lastmodified",
    "dateupdate",
    "dateupdated",
    "date_updated",
    "updated_at",
    "updated_time",
];

/// `meta` elements that date the file as often as the article.
pub(super) const LOOSE_METAS: &[&str] = &["date", "dc.date", "dcterms.date"];

/// Words for changing an article, in lower case.
pub(super) const CHANGING: &[&str] = &[
    "last edited",
    "last modified",
    "last updated",
    "last changed",
    "zuletzt geändert",
    "zuletzt bearbeitet",
    "zuletzt aktualisiert",
    "diese seite wurde zuletzt",
    "letzte änderung",
    "letzte aktualisierung",
    "letzte bearbeitung",
    "aktualisiert:",
    "aktualisiert am",
    "dernière modification",
    "dernière mise à jour",
    "última modificación",
    "última edición",
    "última actualización",
    "última modificação",
    "última atualização",
    "ultima modifica",
    "ultimo aggiornamento",
    "laatst gewijzigd",
    "laatst bijgewerkt",
    "ostatnia modyfikacja",
    "ostatnia aktualizacja",
    "последнее изменение",
    "последнее обновление",
    "остання зміна",
    "senast ändrad",
    "senast uppdaterad",
    "sist endret",
    "sist oppdatert",
    "sidst ændret",
    "sidst opdateret",
    "viimeksi muokattu",
    "son güncelleme",
    "最終更新",
    "最后更新",
    "最後更新",
];

/// Marks of a copyright, whose year says nothing but whose day does.
pub(super) const COPYRIGHT: &[&str] = &["copyright", "©"];

/// Tells whether a text dates something other than the article: the day of the visit, or that on which
/// the member of a forum joined.
pub(super) fn is_of_other(text: &str) -> bool {
    const LABELS: &[&str] = &[
        "aktuelles datum",
        "aktuelle zeit",
        "heute ist",
        "current date",
        "current time",
        "it is currently",
        "registriert",
        "registered",
        "joined",
        "mitglied seit",
        "member since",
        "dabei seit",
        "anmeldungsdatum",
        "last visit",
        "letzter besuch",
        "inscrit",
        "registrado",
        "abgerufen",
        "retrieved",
        "accessed",
        "consulté le",
        "consultado",
        "consultato",
        "引用日期",
        "访问日期",
        "閲覧",
    ];
    is_labelled(text, LABELS)
}

/// Returns the text from the first of the `labels` on, where there is one and a date follows.
pub(super) fn after_label<'text>(text: &'text str, labels: &[&str]) -> &'text str {
    let lower = text.to_lowercase();
    let at = labels.iter().filter_map(|label| lower.find(label)).min();
    let rest = at.and_then(|at| text.get(at..)).unwrap_or(text);
    if rest.bytes().any(|byte| byte.is_ascii_digit()) { rest } else { text }
}
