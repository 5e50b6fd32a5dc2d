-- The clusters that a request is of besides its first, those of rows that are there already among them; and whose request it was when it was filed.
CREATE TABLE request_cluster (
    cluster bigint NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (cluster, position)
);
CREATE TABLE request_customer (
    customer text NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (customer, position)
);
INSERT INTO request_cluster (cluster, position)
SELECT DISTINCT (shared ->> '0')::bigint, request_history.position
FROM request_history, jsonb_array_elements(convert_from(request_history.report, 'UTF8')::jsonb #> '{state,16}') shared
WHERE (shared ->> '0')::bigint <> request_history.cluster;
DROP INDEX request_open;
CREATE INDEX request_open ON request_history (expires) WHERE state = 0;
