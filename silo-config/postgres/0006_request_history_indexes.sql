-- All but a few requests end as done: a search for those walks the index without the state, and only the few others are indexed by it.
DROP INDEX request_by_state;
DROP INDEX request_by_cluster_and_state;
DROP INDEX request_by_caller_and_state;
CREATE INDEX request_by_state ON request_history (state, position) WHERE state <> 1;
CREATE INDEX request_by_cluster_and_state ON request_history (cluster, state, position) WHERE state <> 1;
CREATE INDEX request_by_caller_and_state ON request_history (caller, state, position) WHERE state <> 1;
