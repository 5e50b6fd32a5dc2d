-- Orleans reads every statement it runs on a database from this table, by the keys its ADO.NET providers ask for.
CREATE TABLE OrleansQuery (
    QueryKey text PRIMARY KEY,
    QueryText text NOT NULL
);
