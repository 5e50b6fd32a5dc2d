-- The request history: one row for each request, as its grain last wrote it, and how often each key signed.
-- Times are ticks of 100 ns (UTC) as the grains write them; the report is in the encoding of grain state.

CREATE TABLE request_history (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id uuid NOT NULL UNIQUE,
    cluster bigint NOT NULL,
    state integer NOT NULL,
    caller text NOT NULL,
    changed bigint NOT NULL,
    expires bigint NOT NULL,
    report bytea NOT NULL
);

CREATE INDEX request_by_cluster ON request_history (cluster, position);
CREATE INDEX request_by_state ON request_history (state, position);
CREATE INDEX request_by_caller ON request_history (caller, position);
CREATE INDEX request_by_cluster_and_state ON request_history (cluster, state, position);
CREATE INDEX request_by_caller_and_state ON request_history (caller, state, position);
CREATE INDEX request_open ON request_history (cluster, expires) WHERE state = 0;

CREATE TABLE key_usage (
    cluster bigint NOT NULL,
    key bytea NOT NULL,
    signatures bigint NOT NULL,
    PRIMARY KEY (cluster, key)
);
