-- Links are between the claims as people have left them. `given` numbers those that only people have made, below zero, so
-- that they stand beside those of `claim` in `pair`, `unclustered` and `cluster_claim`; `clustered_by.judgement` is the
-- last judgement that the links go by. A finding, too, may be on a claim that only people have made. What keeps claims
-- apart and what is an origin has changed: what was found between documents is dropped, and `link` compares all again.

CREATE TABLE given (
    seq      INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (seq),
    id       TEXT NOT NULL UNIQUE
);

CREATE INDEX given_document ON given (document);

ALTER TABLE clustered_by ADD COLUMN judgement INTEGER NOT NULL DEFAULT 0;

DELETE FROM cluster_claim;
DELETE FROM cluster;
DELETE FROM compared;
DELETE FROM link_key;
DELETE FROM linked;

DROP TABLE cluster_claim;
DROP TABLE unclustered;
DROP TABLE pair;

CREATE TABLE pair (
    claim       INTEGER NOT NULL, -- of `claim` or of `given`
    other       INTEGER NOT NULL,
    probability REAL NOT NULL,
    PRIMARY KEY (claim, other)
) WITHOUT ROWID;

CREATE TABLE unclustered (
    claim INTEGER PRIMARY KEY
);

CREATE TABLE cluster_claim (
    claim   INTEGER PRIMARY KEY,
    cluster INTEGER NOT NULL REFERENCES cluster (seq)
);

CREATE INDEX cluster_claims ON cluster_claim (cluster);

CREATE TRIGGER origins_are_listed AFTER INSERT ON cluster_claim BEGIN
    UPDATE listed SET origins = (SELECT json_extract(record, '$.origins.low') FROM cluster WHERE seq = new.cluster)
    WHERE claim = new.claim;
END;

CREATE TRIGGER origins_are_not_listed AFTER DELETE ON cluster_claim BEGIN
    UPDATE listed SET origins = NULL WHERE claim = old.claim;
END;

CREATE TABLE kept_finding AS SELECT seq, claim, checked_at, record FROM finding;
DROP TABLE finding;

CREATE TABLE finding (
    seq        INTEGER PRIMARY KEY,
    claim      TEXT NOT NULL,
    sha256     TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.sha256')) STORED,
    query      TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.query')) STORED,
    event      INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(json_extract(record, '$.event'), -1)) STORED,
    verdict    TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.finding')) STORED,
    checked_at TEXT NOT NULL,
    record     TEXT NOT NULL
);

CREATE UNIQUE INDEX finding_once ON finding (claim, sha256, query, event);

INSERT INTO finding (seq, claim, checked_at, record) SELECT seq, claim, checked_at, record FROM kept_finding;
DROP TABLE kept_finding;

CREATE TRIGGER finding_is_listed AFTER INSERT ON finding BEGIN
    UPDATE listed SET findings = (SELECT sum(DISTINCT bit.bit) FROM finding
        JOIN bit ON bit.facet = 'finding' AND bit.value = finding.verdict WHERE finding.claim = new.claim)
    WHERE claim = (SELECT seq FROM claim WHERE id = new.claim);
END;
