-- Listings of Trusts, operators, HSMs' keys and Domains: one row for each, as its grain last wrote it. Chains and Domains are ids of 16 bytes, Trusts and keys
-- hashes of 32; times are ticks of 100 ns (UTC); reports are in the encoding of grain state. domain_count says how many Domains stand under which Trust.

CREATE TABLE trust_catalogue (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    trust bytea NOT NULL UNIQUE,
    chain bytea NOT NULL,
    state integer NOT NULL,
    changed bigint NOT NULL,
    report bytea NOT NULL
);

CREATE INDEX trust_by_chain ON trust_catalogue (chain, position);
CREATE INDEX trust_by_state ON trust_catalogue (state, position);
CREATE INDEX trust_by_chain_and_state ON trust_catalogue (chain, state, position);

CREATE TABLE trust_operator (
    operator text NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (operator, position)
);

CREATE TABLE trust_operator_key (
    identity text COLLATE "C" NOT NULL,
    key bytea NOT NULL,
    not_after bigint NOT NULL,
    report bytea NOT NULL,
    PRIMARY KEY (identity, key)
);

CREATE TABLE hsm_key (
    cluster bigint NOT NULL,
    node bigint NOT NULL,
    chain bytea NOT NULL,
    report bytea NOT NULL,
    PRIMARY KEY (cluster, node, chain)
);

CREATE INDEX hsm_key_by_chain ON hsm_key (chain, cluster, node);

CREATE TABLE domain_catalogue (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    domain bytea NOT NULL UNIQUE,
    chain bytea NOT NULL,
    trust_number bigint NOT NULL,
    owner text NOT NULL,
    revision bigint NOT NULL,
    retired integer NOT NULL,
    report bytea NOT NULL
);

CREATE INDEX domain_by_chain ON domain_catalogue (chain, position);
CREATE INDEX domain_by_owner ON domain_catalogue (owner, position);
CREATE INDEX domain_by_trust ON domain_catalogue (chain, trust_number, position) WHERE retired = 0;

CREATE TABLE domain_count (
    chain bytea NOT NULL,
    trust_number bigint NOT NULL,
    domains bigint NOT NULL,
    PRIMARY KEY (chain, trust_number)
);
