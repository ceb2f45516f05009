-- Who takes part in a claim, by the entities of its document; what people decided on them and asked. `whom` holds what the
-- names of a document's entities tell, under the alias tables of one version. Decisions and questions are only ever added.

CREATE TABLE part (
    document INTEGER NOT NULL REFERENCES document (seq),
    entity   TEXT,
    role     TEXT NOT NULL, -- source, actor, recipient
    claim    INTEGER NOT NULL REFERENCES claim (seq)
);

CREATE INDEX part_of ON part (document, entity);
CREATE INDEX part_role ON part (role, claim, document, entity);

INSERT INTO part (document, entity, role, claim)
SELECT document, json_extract(record, '$.source.entity'), 'source', seq FROM claim WHERE source_name IS NOT NULL;

INSERT INTO part (document, entity, role, claim)
SELECT DISTINCT claim.document, json_extract(event.value, '$.' || role.value || '.entity'), role.value, claim.seq
FROM claim, json_each(claim.record, '$.events') AS event, json_each('["actor", "recipient"]') AS role
WHERE json_extract(event.value, '$.' || role.value || '.entity') IS NOT NULL;

CREATE TRIGGER claim_has_parts AFTER INSERT ON claim BEGIN
    INSERT INTO part (document, entity, role, claim)
    SELECT new.document, json_extract(new.record, '$.source.entity'), 'source', new.seq WHERE new.source_name IS NOT NULL;
    INSERT INTO part (document, entity, role, claim)
    SELECT DISTINCT new.document, json_extract(event.value, '$.' || role.value || '.entity'), role.value, new.seq
    FROM json_each(new.record, '$.events') AS event, json_each('["actor", "recipient"]') AS role
    WHERE json_extract(event.value, '$.' || role.value || '.entity') IS NOT NULL;
END;

CREATE TABLE whom (
    document INTEGER PRIMARY KEY REFERENCES document (seq),
    version  TEXT NOT NULL,
    record   TEXT NOT NULL
);

CREATE TABLE decision (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    record TEXT NOT NULL
);

CREATE TABLE question (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    name   TEXT NOT NULL GENERATED ALWAYS AS (json_extract(record, '$.name')) STORED,
    record TEXT NOT NULL
);

CREATE INDEX question_name ON question (name, seq);
