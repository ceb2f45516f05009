-- What a claim's words speak of can be searched: events, and times as the days that they lie between.

DROP TRIGGER claim_is_indexed;
DROP VIEW claim_words;
DROP INDEX claim_order;
ALTER TABLE claim RENAME TO claim_before;

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
    -- The days between which it was said; open ends are null where said_at has days at all.
    said_from   TEXT GENERATED ALWAYS AS (
        coalesce(json_extract(record, '$.said_at.earliest'),
                 iif(json_extract(record, '$.said_at.latest') IS NULL, json_extract(record, '$.said_at.value'), '0000'))
    ) STORED,
    said_to     TEXT GENERATED ALWAYS AS (
        coalesce(json_extract(record, '$.said_at.latest'),
                 iif(json_extract(record, '$.said_at.earliest') IS NULL, json_extract(record, '$.said_at.value'), '9999'))
    ) STORED,
    record      TEXT NOT NULL
);

INSERT INTO claim (seq, document, record) SELECT seq, document, record FROM claim_before;
DROP TABLE claim_before;

CREATE INDEX claim_order ON claim (document, position);

CREATE VIEW claim_words AS
SELECT seq, json_extract(record, '$.content.text') AS content, source_name, source_text,
       json_extract(record, '$.cue.text') AS cue
FROM claim;

CREATE TABLE event (
    claim     INTEGER NOT NULL REFERENCES claim (seq),
    type      TEXT NOT NULL,
    mode      TEXT,
    actor     TEXT,
    recipient TEXT
);

CREATE INDEX event_type ON event (type, claim);

INSERT INTO event (claim, type, mode, actor, recipient)
SELECT claim.seq, json_extract(value, '$.type'), json_extract(value, '$.mode'),
       json_extract(value, '$.actor.name') || ' | ' || json_extract(value, '$.actor.text'),
       json_extract(value, '$.recipient.name') || ' | ' || json_extract(value, '$.recipient.text')
FROM claim, json_each(claim.record, '$.events');

CREATE TRIGGER claim_is_indexed AFTER INSERT ON claim BEGIN
    INSERT INTO claim_index (rowid, content, source_name, source_text, cue)
    SELECT seq, content, source_name, source_text, cue FROM claim_words WHERE seq = new.seq;
    INSERT INTO event (claim, type, mode, actor, recipient)
    SELECT new.seq, json_extract(value, '$.type'), json_extract(value, '$.mode'),
           json_extract(value, '$.actor.name') || ' | ' || json_extract(value, '$.actor.text'),
           json_extract(value, '$.recipient.name') || ' | ' || json_extract(value, '$.recipient.text')
    FROM json_each(new.record, '$.events');
END;
