-- What keeps claims apart, and from which likeness on they merge, has changed: what was found between documents is dropped,
-- and `link` compares all of them again.

DELETE FROM cluster_claim;
DELETE FROM cluster;
DELETE FROM unclustered;
DELETE FROM pair;
DELETE FROM compared;
DELETE FROM link_key;
DELETE FROM linked;
