-- Each record is kept whole as JSON; every other column is read off it, so nothing can disagree.
-- `document.record` is the ledger without its claims and without the text, which stands beside it.

CREATE TABLE document (
    seq       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE GENERATED ALWAYS AS (json_extract(record, '$.document.ref.id')) STORED,
    path      TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.document.ref.path')) STORED,
    outlet    TEXT GENERATED ALWAYS AS (json_extract(record, '$.document.ref.outlet')) STORED,
    published TEXT GENERATED ALWAYS AS (json_extract(record, '$.document.ref.published')) STORED,
    added_at  TEXT NOT NULL,
    record    TEXT NOT NULL,
    text      TEXT NOT NULL
);

-- The order in which claims are shown; documents without a date come last.
CREATE INDEX document_order ON document (published IS NULL, published, id);

CREATE TABLE claim (
    seq         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE GENERATED ALWAYS AS (json_extract(record, '$.id')) STORED,
    document    INTEGER NOT NULL REFERENCES document (seq),
    position    INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.content.spans[0][0]')) STORED,
    kind        TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.kind')) STORED,
    source_name TEXT GENERATED ALWAYS AS (json_extract(record, '$.source.name')) STORED,
    source_text TEXT GENERATED ALWAYS AS (json_extract(record, '$.source.text')) STORED,
    anonymous   INTEGER GENERATED ALWAYS AS (json_extract(record, '$.source.anonymous')) STORED,
    outlet      TEXT GENERATED ALWAYS AS (json_extract(record, '$.outlet.text')) STORED,
    speech_act  TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.speech_act')) STORED,
    factuality  TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.factuality')) STORED,
    said_at     TEXT GENERATED ALWAYS AS (json_extract(record, '$.said_at.value')) STORED,
    record      TEXT NOT NULL
);

CREATE INDEX claim_order ON claim (document, position);

CREATE VIEW claim_words AS
SELECT seq, json_extract(record, '$.content.text') AS content, source_name, source_text,
       json_extract(record, '$.cue.text') AS cue
FROM claim;

CREATE VIRTUAL TABLE claim_index USING fts5 (
    content, source_name, source_text, cue,
    content = 'claim_words', content_rowid = 'seq', columnsize = 0,
    tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER claim_is_indexed AFTER INSERT ON claim BEGIN
    INSERT INTO claim_index (rowid, content, source_name, source_text, cue)
    SELECT seq, content, source_name, source_text, cue FROM claim_words WHERE seq = new.seq;
END;
