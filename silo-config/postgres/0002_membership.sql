-- Cluster membership. The version row of a cluster serialises changes: who changes a member holds it and raises it.
CREATE TABLE OrleansMembershipVersion (
    DeploymentId text PRIMARY KEY,
    Version integer NOT NULL DEFAULT 0,
    ChangedAt timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE OrleansMembership (
    DeploymentId text NOT NULL REFERENCES OrleansMembershipVersion (DeploymentId),
    Address text NOT NULL,
    Port integer NOT NULL,
    Generation integer NOT NULL,
    SiloName text NOT NULL,
    HostName text NOT NULL,
    Status integer NOT NULL,
    ProxyPort integer NOT NULL,
    SuspectTimes text,
    StartTime timestamptz NOT NULL,
    IAmAliveTime timestamptz NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('InsertMembershipVersionKey', $sql$
    WITH added AS (
        INSERT INTO OrleansMembershipVersion (DeploymentId) VALUES (@DeploymentId)
        ON CONFLICT DO NOTHING
        RETURNING 1
    )
    SELECT EXISTS (SELECT 1 FROM added)
$sql$),
('InsertMembershipKey', $sql$
    WITH held AS (
        SELECT DeploymentId FROM OrleansMembershipVersion
        WHERE DeploymentId = @DeploymentId AND Version = @Version
        FOR UPDATE
    ), added AS (
        INSERT INTO OrleansMembership
            (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
        SELECT DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        FROM held
        ON CONFLICT DO NOTHING
        RETURNING 1
    ), raised AS (
        UPDATE OrleansMembershipVersion SET Version = Version + 1, ChangedAt = now()
        WHERE DeploymentId = @DeploymentId AND EXISTS (SELECT 1 FROM added)
        RETURNING 1
    )
    SELECT EXISTS (SELECT 1 FROM raised)
$sql$),
('UpdateMembershipKey', $sql$
    WITH held AS (
        SELECT DeploymentId FROM OrleansMembershipVersion
        WHERE DeploymentId = @DeploymentId AND Version = @Version
        FOR UPDATE
    ), changed AS (
        UPDATE OrleansMembership AS m
        SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
        FROM held
        WHERE m.DeploymentId = held.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
        RETURNING 1
    ), raised AS (
        UPDATE OrleansMembershipVersion SET Version = Version + 1, ChangedAt = now()
        WHERE DeploymentId = @DeploymentId AND EXISTS (SELECT 1 FROM changed)
        RETURNING 1
    )
    SELECT EXISTS (SELECT 1 FROM raised)
$sql$),
('UpdateIAmAlivetimeKey', $sql$
    UPDATE OrleansMembership SET IAmAliveTime = @IAmAliveTime
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
$sql$),
-- The version comes back even when there is no such member, hence the outer joins.
('MembershipReadRowKey', $sql$
    SELECT v.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime
    FROM OrleansMembershipVersion AS v
    LEFT JOIN OrleansMembership AS m
        ON m.DeploymentId = v.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
    WHERE v.DeploymentId = @DeploymentId
$sql$),
('MembershipReadAllKey', $sql$
    SELECT v.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime
    FROM OrleansMembershipVersion AS v
    LEFT JOIN OrleansMembership AS m ON m.DeploymentId = v.DeploymentId
    WHERE v.DeploymentId = @DeploymentId
$sql$),
('GatewaysQueryKey', $sql$
    SELECT Address, ProxyPort, Generation FROM OrleansMembership
    WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0
$sql$),
('DeleteMembershipTableEntriesKey', $sql$
    DELETE FROM OrleansMembership WHERE DeploymentId = @DeploymentId;
    DELETE FROM OrleansMembershipVersion WHERE DeploymentId = @DeploymentId
$sql$),
-- 3 is the status of an active silo: those are never cleaned up, however long ago they were heard of.
('CleanupDefunctSiloEntriesKey', $sql$
    DELETE FROM OrleansMembership
    WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> 3
$sql$);
