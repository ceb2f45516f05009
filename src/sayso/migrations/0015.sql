-- What a language model proposed has no score: nobody has counted how often it errs. In the list it stands with those that
-- are read least surely.

DROP VIEW listing;
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
       coalesce(json_extract(claim.record, '$.score'), 0.0) AS score,
       coalesce(claim.said_from, document.published) AS said_from, coalesce(claim.said_to, document.published) AS said_to
FROM claim JOIN document ON document.seq = claim.document;
