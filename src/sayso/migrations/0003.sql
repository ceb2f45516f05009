-- What stands between documents. `linked` documents have their keys in `link_key` and were compared with all others that
-- are: `pair` holds their claims that may say the same (each pair both ways), `compared` what else is between them
-- (a before b by id). `unclustered` claims have got pairs since their `cluster` was made.

CREATE TABLE linked (
    document INTEGER PRIMARY KEY REFERENCES document (seq)
);

CREATE TABLE link_key (
    kind     INTEGER NOT NULL, -- 0 passages, 1 claims, 2 names, 3 outlets
    key      INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (kind, key, document)
) WITHOUT ROWID;

CREATE TABLE compared (
    a      INTEGER NOT NULL REFERENCES document (seq),
    b      INTEGER NOT NULL REFERENCES document (seq),
    record TEXT NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;

CREATE INDEX compared_back ON compared (b, a);

CREATE TABLE pair (
    claim       INTEGER NOT NULL REFERENCES claim (seq),
    other       INTEGER NOT NULL REFERENCES claim (seq),
    probability REAL NOT NULL,
    PRIMARY KEY (claim, other)
) WITHOUT ROWID;

CREATE TABLE unclustered (
    claim INTEGER PRIMARY KEY REFERENCES claim (seq)
);

CREATE TABLE cluster (
    seq    INTEGER PRIMARY KEY,
    id     TEXT NOT NULL UNIQUE GENERATED ALWAYS AS (json_extract(record, '$.id')) STORED,
    record TEXT NOT NULL
);

CREATE TABLE cluster_claim (
    claim   INTEGER PRIMARY KEY REFERENCES claim (seq),
    cluster INTEGER NOT NULL REFERENCES cluster (seq)
);

CREATE INDEX cluster_claims ON cluster_claim (cluster);
