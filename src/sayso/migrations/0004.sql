-- What evidence tables show on claims. One row for each claim, table and question; checked again, it is written anew.

CREATE TABLE finding (
    seq        INTEGER PRIMARY KEY,
    claim      TEXT NOT NULL REFERENCES claim (id),
    sha256     TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.sha256')) STORED,
    query      TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.query')) STORED,
    event      INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(json_extract(record, '$.event'), -1)) STORED,
    verdict    TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.finding')) STORED,
    checked_at TEXT NOT NULL,
    record     TEXT NOT NULL
);

CREATE UNIQUE INDEX finding_once ON finding (claim, sha256, query, event);
