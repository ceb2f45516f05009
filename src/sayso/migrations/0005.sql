-- What people rule on claims. Judgements are only ever added to. `standing` is what they add up to for each claim that
-- one of them is on or gives, written in the same transaction; a claim that is not in it is unreviewed.

CREATE TABLE judgement (
    seq      INTEGER PRIMARY KEY,
    document TEXT NOT NULL REFERENCES document (id),
    id       TEXT NOT NULL UNIQUE GENERATED ALWAYS AS (json_extract(record, '$.id')) STORED,
    at       TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.at')) STORED,
    record   TEXT NOT NULL
);

CREATE INDEX judgement_order ON judgement (document, at, id);

CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement BEGIN
    SELECT RAISE(ABORT, 'a judgement is never changed');
END;

CREATE TRIGGER judgement_is_kept BEFORE DELETE ON judgement BEGIN
    SELECT RAISE(ABORT, 'a judgement is never deleted');
END;

CREATE TABLE standing (
    claim    TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES document (id),
    state    TEXT NOT NULL,
    people   TEXT NOT NULL, -- whose last rulings make it so
    words    TEXT NOT NULL, -- the same for claims that have the same words from the same source
    record   TEXT NOT NULL  -- the claim as it stands
) WITHOUT ROWID;

CREATE INDEX standing_state ON standing (state, document);
CREATE INDEX standing_words ON standing (words);
