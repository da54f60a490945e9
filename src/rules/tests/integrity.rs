use std::collections::BTreeSet;

use super::*;

#[test]
fn every_row_of_the_reference_is_there_once_and_in_order() {
    let block = |letter: &str, last: u8, width: usize| -> Vec<String> {
        (1..=last)
            .map(|number| format!("{letter}{number:0width$}"))
            .collect()
    };
    let expected = [
        block("O", 4, 1),
        block("R", 26, 2),
        block("T", 8, 1),
        block("H", 11, 1),
        block("U", 10, 1),
        block("N", 8, 1),
    ];

    let ids: Vec<_> = rows().iter().map(|row| row.id.to_string()).collect();

    assert_eq!(ids, expected.concat());
}

#[test]
fn every_sentence_grounds_a_row_or_says_why_it_cannot() {
    let grounds: BTreeSet<_> = rows().iter().flat_map(Row::sentences).collect();
    for sentence in sentences() {
        assert_ne!(
            grounds.contains(&sentence.id),
            sentence.excluded.is_some(),
            "{}: covered or excluded, not both and not neither",
            sentence.id
        );
    }
}

#[test]
fn the_documents_have_25_and_9_sentences() {
    let ids: Vec<_> = sentences().iter().map(|sentence| sentence.id).collect();
    let expected: Vec<_> = (1..=25)
        .map(SentenceId::a)
        .chain((1..=9).map(SentenceId::b))
        .collect();
    assert_eq!(ids, expected);
}

#[test]
fn grounds_name_sentences_that_exist() {
    for row in rows() {
        for id in row.sentences() {
            assert!(sentence(id).is_some(), "{} cites {id}", row.id);
        }
    }
}

#[test]
fn what_is_documented_has_a_sentence_of_the_newer_document() {
    for row in rows() {
        for expectation in row
            .expectations()
            .into_iter()
            .filter(|e| e.status == Status::Documented)
        {
            assert!(
                !expectation.grounds.newer.is_empty(),
                "{}: {expectation:?}",
                row.id
            );
        }
    }
}

#[test]
fn what_is_recommended_is_allowed_and_every_reading_exists() {
    for row in rows() {
        for expectation in row.expectations() {
            assert!(!expectation.allowed.is_empty(), "{}", row.id);
            assert!(
                expectation
                    .recommended
                    .is_none_or(|only| expectation.allows(only)),
                "{}: {expectation:?}",
                row.id
            );
            for reading in expectation
                .allowed
                .iter()
                .filter_map(|allowed| allowed.reading)
            {
                assert!(reading.reading().is_some(), "{} names {reading}", row.id);
            }
        }
    }
}

#[test]
fn an_outcome_stands_once_in_a_list_and_says_why_where_several_do() {
    for row in rows() {
        for expectation in row.expectations() {
            let outcomes: BTreeSet<_> = expectation
                .allowed
                .iter()
                .map(|allowed| allowed.outcome)
                .collect();
            assert_eq!(
                outcomes.len(),
                expectation.allowed.len(),
                "{}: {expectation:?}",
                row.id
            );
            assert!(
                expectation
                    .allowed
                    .iter()
                    .skip(1)
                    .all(|allowed| !allowed.why.is_empty()),
                "{}",
                row.id
            );
        }
    }
}

#[test]
fn titles_are_unique() {
    let titles: BTreeSet<_> = rows().iter().map(|row| row.title).collect();
    assert_eq!(titles.len(), rows().len());
}

#[test]
fn a_recommended_reading_is_one_of_its_question() {
    let numbers: Vec<_> = questions().iter().map(|question| question.number).collect();
    assert_eq!(numbers, (1..=23).collect::<Vec<_>>());
    for question in questions() {
        let recommended = question
            .readings()
            .filter(|reading| reading.recommended)
            .count();
        assert_eq!(
            recommended,
            usize::from(question.recommended.is_some()),
            "Q{}",
            question.number
        );
    }
}

#[test]
fn ids_are_read_exactly_as_they_are_printed() {
    for row in rows() {
        assert_eq!(row.id.to_string().parse(), Ok(row.id));
    }
    assert!("R1".parse::<RowId>().is_err());
    assert!("R27".parse::<RowId>().is_err());
    assert!("r01".parse::<RowId>().is_err());
    assert_eq!("A17".parse(), Ok(SentenceId::a(17)));
    assert!("A26".parse::<SentenceId>().is_err());
    assert!("Ä1".parse::<SentenceId>().is_err());
    assert_eq!("Q7a".parse::<ReadingId>().unwrap().to_string(), "Q7a");
    assert!("Q7d".parse::<ReadingId>().is_err());
}

#[test]
fn both_documents_words_for_a_source_are_understood() {
    let check = |word: &str, source| assert_eq!(word.parse(), Ok(source), "{word}");
    check("search", Source::Prospecting);
    check("Prospecting", Source::Prospecting);
    check("Job Change trigger", Source::JobChange);
    check("job change enrichment", Source::JobChange);
    check("LinkedIn", Source::Linkedin);
    assert!("linkdin".parse::<Source>().is_err());
}
