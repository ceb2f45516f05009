-- The bytes as they came, and the log of what was done (sayso.custody). Neither may be altered by this program or another
-- that keeps to the schema; that nobody did, the hashes show.

CREATE TABLE original (
    seq    INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    path   TEXT NOT NULL, -- by which the bytes first came
    raw    BLOB NOT NULL
);

CREATE TABLE document_original (
    document INTEGER PRIMARY KEY REFERENCES document (seq),
    original INTEGER NOT NULL REFERENCES original (seq)
);

CREATE TABLE custody (
    seq    INTEGER PRIMARY KEY,
    record TEXT NOT NULL
);

CREATE TRIGGER original_stays BEFORE UPDATE ON original BEGIN SELECT raise(ABORT, 'an original is never altered'); END;
CREATE TRIGGER original_is_kept BEFORE DELETE ON original BEGIN SELECT raise(ABORT, 'an original is never removed'); END;
CREATE TRIGGER custody_stays BEFORE UPDATE ON custody BEGIN SELECT raise(ABORT, 'the log is only added to'); END;
CREATE TRIGGER custody_is_kept BEFORE DELETE ON custody BEGIN SELECT raise(ABORT, 'the log is only added to'); END;
