-- Evidence tables as they were loaded, once each. `record` has what holds for the whole table: its name, format, version,
-- SHA-256, what it covers and on whose terms it comes. Days are ISO 8601; NULL where a table does not tell. A finding's
-- `sql` asks these tables. Others who read the case may join by `evidence` and `seq`.

CREATE TABLE evidence (
    seq       INTEGER PRIMARY KEY,
    loaded_at TEXT NOT NULL,
    record    TEXT NOT NULL,
    name      TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.name')) STORED,
    format    TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.format')) STORED,
    version   TEXT GENERATED ALWAYS AS (json_extract(record, '$.version')) STORED,
    sha256    TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.sha256')) STORED,
    read_as   TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.read_as')) STORED,
    licence   TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.licence')) STORED
);

CREATE UNIQUE INDEX evidence_once ON evidence (sha256, read_as);

-- Each search of a table: when, how many questions it was asked, and how many of them found nothing in it.
CREATE TABLE evidence_search (
    seq         INTEGER PRIMARY KEY,
    evidence    INTEGER NOT NULL REFERENCES evidence (seq),
    searched_at TEXT NOT NULL,
    questions   INTEGER NOT NULL,
    unfound     INTEGER NOT NULL
);

CREATE TABLE evidence_event (
    evidence  INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    row       TEXT NOT NULL,
    since     TEXT NOT NULL,
    until     TEXT NOT NULL,
    country   TEXT NOT NULL,
    place     INTEGER NOT NULL, -- its names: evidence_place
    side_a    INTEGER NOT NULL, -- its name: evidence_side
    side_b    INTEGER NOT NULL,
    sort      TEXT NOT NULL,
    low       INTEGER,
    best      INTEGER,
    high      INTEGER,
    civilians INTEGER,
    PRIMARY KEY (evidence, seq)
) WITHOUT ROWID;

CREATE TABLE evidence_side (
    evidence INTEGER NOT NULL,
    side     INTEGER NOT NULL,
    name     TEXT NOT NULL,
    PRIMARY KEY (evidence, side)
) WITHOUT ROWID;

-- Those that make up a side, each with its class: government, civilians, rebels, unknown.
CREATE TABLE evidence_member (
    evidence INTEGER NOT NULL,
    name     TEXT NOT NULL,
    side     INTEGER NOT NULL,
    sort     TEXT NOT NULL,
    PRIMARY KEY (evidence, name, side)
) WITHOUT ROWID;

CREATE TABLE evidence_place (
    evidence INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    level    INTEGER NOT NULL, -- 0 the narrowest
    name     TEXT NOT NULL,
    PRIMARY KEY (evidence, place, level)
) WITHOUT ROWID;

CREATE TABLE evidence_designation (
    evidence   INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    row        TEXT NOT NULL,
    type       TEXT NOT NULL,
    authority  TEXT NOT NULL,
    programmes TEXT NOT NULL, -- a JSON list
    listed     TEXT,
    bound      TEXT NOT NULL, -- listed "on" that day, or "by" it
    PRIMARY KEY (evidence, seq)
) WITHOUT ROWID;

CREATE TABLE evidence_name (
    evidence INTEGER NOT NULL,
    seq      INTEGER NOT NULL, -- of the designation
    place    INTEGER NOT NULL, -- among its names
    name     TEXT NOT NULL,
    weak     INTEGER NOT NULL,
    words    TEXT NOT NULL, -- the words that tell it from others, folded and sorted
    PRIMARY KEY (evidence, seq, place)
) WITHOUT ROWID;

CREATE TABLE evidence_dyad (
    evidence INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    row      TEXT NOT NULL,
    side_a   TEXT NOT NULL,
    side_b   TEXT NOT NULL,
    year     INTEGER NOT NULL,
    location TEXT NOT NULL,
    began    TEXT,
    PRIMARY KEY (evidence, seq)
) WITHOUT ROWID;

CREATE TABLE evidence_holding (
    evidence INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    row      TEXT NOT NULL,
    place    TEXT NOT NULL,
    holder   TEXT NOT NULL,
    since    TEXT NOT NULL,
    until    TEXT,
    PRIMARY KEY (evidence, seq)
) WITHOUT ROWID;

CREATE TABLE evidence_review (
    evidence INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    row      TEXT NOT NULL,
    text     TEXT NOT NULL,
    claimant TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    rating   TEXT NOT NULL,
    reviewed TEXT,
    language TEXT NOT NULL,
    PRIMARY KEY (evidence, seq)
) WITHOUT ROWID;
