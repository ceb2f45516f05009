-- What a linked document is about is kept with it (hashes of stems with weights in thousandths). What was found between
-- documents by earlier rules is dropped: `link` compares all of them again.

DELETE FROM cluster_claim;
DELETE FROM cluster;
DELETE FROM unclustered;
DELETE FROM pair;
DELETE FROM compared;
DELETE FROM link_key;
DELETE FROM linked;

ALTER TABLE linked ADD COLUMN topic TEXT NOT NULL DEFAULT '{"topic": {}}';
