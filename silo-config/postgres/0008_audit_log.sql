-- The merged audit log of each cluster: how far it goes, the enclaves' chains in it, their signed batches, and every 8th level of its Merkle tree.

CREATE TABLE audit_log (
    cluster bigint PRIMARY KEY,
    size bigint NOT NULL,
    edge bytea NOT NULL
);

CREATE TABLE audit_chain (
    cluster bigint NOT NULL,
    chain bytea NOT NULL,
    node bigint NOT NULL,
    certificate bytea NOT NULL,
    number bigint NOT NULL,
    hash bytea NOT NULL,
    finding text,
    PRIMARY KEY (cluster, chain)
);

CREATE TABLE audit_batch (
    cluster bigint NOT NULL,
    position bigint NOT NULL,
    chain bytea NOT NULL,
    number bigint NOT NULL,
    batch bytea NOT NULL,
    PRIMARY KEY (cluster, position)
);

CREATE TABLE audit_tree (
    cluster bigint NOT NULL,
    level integer NOT NULL,
    place bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (cluster, level, place)
);
