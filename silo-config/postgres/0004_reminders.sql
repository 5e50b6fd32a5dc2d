-- Reminders. GrainHash places a grain on the ring by which silos share reminders; the hash is compared as a signed number.
CREATE TABLE OrleansReminders (
    ServiceId text NOT NULL,
    GrainId text NOT NULL,
    ReminderName text NOT NULL,
    GrainHash integer NOT NULL,
    StartTime timestamptz NOT NULL,
    Period bigint NOT NULL,
    Version integer NOT NULL,
    PRIMARY KEY (ServiceId, GrainId, ReminderName)
);

CREATE INDEX OrleansRemindersRing ON OrleansReminders (ServiceId, GrainHash);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('UpsertReminderRowKey', $sql$
    INSERT INTO OrleansReminders (ServiceId, GrainId, ReminderName, GrainHash, StartTime, Period, Version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 0)
    ON CONFLICT (ServiceId, GrainId, ReminderName) DO UPDATE SET
        GrainHash = excluded.GrainHash,
        StartTime = excluded.StartTime,
        Period = excluded.Period,
        Version = OrleansReminders.Version + 1
    RETURNING Version
$sql$),
('ReadReminderRowKey', $sql$
    SELECT GrainId, ReminderName, StartTime, Period, Version FROM OrleansReminders
    WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName
$sql$),
('ReadReminderRowsKey', $sql$
    SELECT GrainId, ReminderName, StartTime, Period, Version FROM OrleansReminders
    WHERE ServiceId = @ServiceId AND GrainId = @GrainId
$sql$),
('ReadRangeRows1Key', $sql$
    SELECT GrainId, ReminderName, StartTime, Period, Version FROM OrleansReminders
    WHERE ServiceId = @ServiceId AND GrainHash > @BeginHash AND GrainHash <= @EndHash
$sql$),
-- The range that goes round the end of the ring.
('ReadRangeRows2Key', $sql$
    SELECT GrainId, ReminderName, StartTime, Period, Version FROM OrleansReminders
    WHERE ServiceId = @ServiceId AND (GrainHash > @BeginHash OR GrainHash <= @EndHash)
$sql$),
('DeleteReminderRowKey', $sql$
    WITH removed AS (
        DELETE FROM OrleansReminders
        WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version
        RETURNING 1
    )
    SELECT EXISTS (SELECT 1 FROM removed)
$sql$),
('DeleteReminderRowsKey', $sql$
    DELETE FROM OrleansReminders WHERE ServiceId = @ServiceId
$sql$);
