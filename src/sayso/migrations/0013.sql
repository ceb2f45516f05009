-- How alike claims have to be, and by what, has changed: what was found between documents by earlier rules is dropped, and
-- `link` compares all of them again.

DELETE FROM cluster_claim;
DELETE FROM cluster;
DELETE FROM unclustered;
DELETE FROM pair;
DELETE FROM compared;
DELETE FROM link_key;
DELETE FROM linked;
