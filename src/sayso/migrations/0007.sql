-- The list of claims: one narrow row for each, clustered in the order in which they are listed, so that a page, a sort
-- and the counts beside it open no records. `day` is the document's date, "~" (after all digits) where it has none.
-- Names stand once; what a claim has several of (types of events, kinds of findings) is a number whose bits `bit` tells.

CREATE TABLE name (
    seq  INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);

CREATE TABLE bit (
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    bit   INTEGER NOT NULL,
    PRIMARY KEY (facet, value)
) WITHOUT ROWID;

INSERT INTO bit (facet, value, bit) VALUES
    ('event', 'AGREE', 1), ('event', 'CONSULT', 2), ('event', 'SUPPORT', 4), ('event', 'COOPERATE', 8),
    ('event', 'AID', 16), ('event', 'CONCEDE', 32), ('event', 'RETREAT', 64), ('event', 'REQUEST', 128),
    ('event', 'ACCUSE', 256), ('event', 'REJECT', 512), ('event', 'THREATEN', 1024), ('event', 'PROTEST', 2048),
    ('event', 'SANCTION', 4096), ('event', 'MOBILIZE', 8192), ('event', 'COERCE', 16384), ('event', 'ASSAULT', 32768),
    ('finding', 'consistent', 1), ('finding', 'inconsistent', 2), ('finding', 'partly', 4),
    ('finding', 'not_in_coverage', 8), ('finding', 'not_checkable', 16);

CREATE TABLE listed (
    day        TEXT NOT NULL,
    document   INTEGER NOT NULL REFERENCES document (seq),
    position   INTEGER NOT NULL,
    claim      INTEGER NOT NULL REFERENCES claim (seq),
    standing   TEXT NOT NULL, -- named, anonymous, none, author
    type       TEXT,
    kind       TEXT NOT NULL,
    act        TEXT NOT NULL,
    factuality TEXT NOT NULL,
    events     INTEGER NOT NULL,
    findings   INTEGER NOT NULL DEFAULT 0,
    origins    INTEGER, -- the low end; null where no other claim is known to say the same
    source     INTEGER REFERENCES name (seq),
    outlet     INTEGER REFERENCES name (seq),
    score      REAL NOT NULL,
    said_from  TEXT, -- the first and the last day on which it was said, else that of the document
    said_to    TEXT,
    PRIMARY KEY (day, document, position, claim)
) WITHOUT ROWID;

-- Who acts in the events of a claim, and to whom something is done.
CREATE TABLE party (
    name  INTEGER NOT NULL REFERENCES name (seq),
    role  TEXT NOT NULL,
    claim INTEGER NOT NULL REFERENCES claim (seq),
    PRIMARY KEY (name, role, claim)
) WITHOUT ROWID;

-- `listed` as it follows from the records.
CREATE VIEW listing AS
SELECT coalesce(document.published, '~') AS day, claim.document, claim.position, claim.seq AS claim,
       CASE WHEN claim.kind = 'authorial' THEN 'author' WHEN claim.source_name IS NULL THEN 'none'
            WHEN claim.anonymous OR json_extract(claim.record, '$.source.type') = 'people' THEN 'anonymous'
            ELSE 'named' END AS standing,
       json_extract(claim.record, '$.source.type') AS type, claim.kind, claim.speech_act AS act, claim.factuality,
       (SELECT coalesce(sum(DISTINCT bit.bit), 0) FROM json_each(claim.record, '$.events') AS event
        JOIN bit ON bit.facet = 'event' AND bit.value = json_extract(event.value, '$.type')) AS events,
       (SELECT coalesce(sum(DISTINCT bit.bit), 0) FROM finding
        JOIN bit ON bit.facet = 'finding' AND bit.value = finding.verdict WHERE finding.claim = claim.id) AS findings,
       (SELECT json_extract(cluster.record, '$.origins.low') FROM cluster_claim
        JOIN cluster ON cluster.seq = cluster_claim.cluster WHERE cluster_claim.claim = claim.seq) AS origins,
       (SELECT seq FROM name WHERE text = claim.source_name) AS source,
       (SELECT seq FROM name WHERE text = document.outlet) AS outlet,
       json_extract(claim.record, '$.score') AS score,
       coalesce(claim.said_from, document.published) AS said_from, coalesce(claim.said_to, document.published) AS said_to
FROM claim JOIN document ON document.seq = claim.document;

CREATE VIEW claim_party AS
SELECT claim.seq AS claim, role.key AS role, json_extract(event.value, role.value) AS text
FROM claim, json_each(claim.record, '$.events') AS event,
    json_each('{"actor": "$.actor.name", "recipient": "$.recipient.name"}') AS role
WHERE json_extract(event.value, role.value) IS NOT NULL;

INSERT OR IGNORE INTO name (text) SELECT source_name FROM claim WHERE source_name IS NOT NULL;
INSERT OR IGNORE INTO name (text) SELECT outlet FROM document WHERE outlet IS NOT NULL;
INSERT OR IGNORE INTO name (text) SELECT text FROM claim_party;
INSERT INTO listed SELECT * FROM listing;
INSERT OR IGNORE INTO party (name, role, claim)
SELECT name.seq, claim_party.role, claim_party.claim FROM claim_party JOIN name ON name.text = claim_party.text;

CREATE UNIQUE INDEX listed_claim ON listed (claim);
CREATE INDEX listed_source ON listed (source) WHERE source IS NOT NULL;
CREATE INDEX listed_outlet ON listed (outlet) WHERE outlet IS NOT NULL;
CREATE INDEX listed_act ON listed (act);
CREATE INDEX listed_factuality ON listed (factuality);
CREATE INDEX listed_standing ON listed (standing);
CREATE INDEX listed_type ON listed (type) WHERE type IS NOT NULL;
CREATE INDEX listed_said ON listed (said_from, said_to);
CREATE INDEX listed_long ON listed (said_to) WHERE said_from <> said_to;
CREATE INDEX listed_score ON listed (score);
CREATE INDEX listed_origins ON listed (origins) WHERE origins IS NOT NULL;
CREATE INDEX listed_findings ON listed (findings) WHERE findings > 0;
CREATE INDEX party_claim ON party (claim, role, name);

CREATE TRIGGER claim_is_listed AFTER INSERT ON claim BEGIN
    INSERT OR IGNORE INTO name (text) SELECT new.source_name WHERE new.source_name IS NOT NULL;
    INSERT OR IGNORE INTO name (text) SELECT outlet FROM document WHERE seq = new.document AND outlet IS NOT NULL;
    INSERT OR IGNORE INTO name (text) SELECT text FROM claim_party WHERE claim = new.seq;
    INSERT INTO listed SELECT * FROM listing WHERE claim = new.seq;
    INSERT OR IGNORE INTO party (name, role, claim)
    SELECT name.seq, claim_party.role, claim_party.claim FROM claim_party JOIN name ON name.text = claim_party.text
    WHERE claim_party.claim = new.seq;
END;

CREATE TRIGGER finding_is_listed AFTER INSERT ON finding BEGIN
    UPDATE listed SET findings = (SELECT sum(DISTINCT bit.bit) FROM finding
        JOIN bit ON bit.facet = 'finding' AND bit.value = finding.verdict WHERE finding.claim = new.claim)
    WHERE claim = (SELECT seq FROM claim WHERE id = new.claim);
END;

CREATE TRIGGER origins_are_listed AFTER INSERT ON cluster_claim BEGIN
    UPDATE listed SET origins = (SELECT json_extract(record, '$.origins.low') FROM cluster WHERE seq = new.cluster)
    WHERE claim = new.claim;
END;

CREATE TRIGGER origins_are_not_listed AFTER DELETE ON cluster_claim BEGIN
    UPDATE listed SET origins = NULL WHERE claim = old.claim;
END;

-- What somebody asked the list for, under a name; kept as the query of its address.
CREATE TABLE saved_search (
    name     TEXT PRIMARY KEY,
    query    TEXT NOT NULL,
    saved_by TEXT,
    saved_at TEXT NOT NULL
);
