-- What people decided on who is one, as the clusters go by it: one row. `decision` is the last one that they had seen.
CREATE TABLE clustered_by (
    decision INTEGER NOT NULL,
    record   TEXT NOT NULL
);

INSERT INTO clustered_by (decision, record) VALUES (0, '{}');

-- The list from the newest on: by day of publication, what has none last; of one day the document that came last before
-- the others; each document in the order of its text. All of it descends, so that a page goes on from a row of values.
ALTER TABLE listed ADD COLUMN latest TEXT NOT NULL GENERATED ALWAYS AS (iif(day = '~', '', substr(day, 1, 10))) VIRTUAL;
ALTER TABLE listed ADD COLUMN nearer INTEGER NOT NULL GENERATED ALWAYS AS (-position) VIRTUAL;
ALTER TABLE listed ADD COLUMN earlier INTEGER NOT NULL GENERATED ALWAYS AS (-claim) VIRTUAL;

CREATE INDEX listed_newest ON listed (latest, document, nearer, earlier);

-- The versions of a document that came by one path.
CREATE INDEX document_path ON document (path);
