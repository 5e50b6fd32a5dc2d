using Microsoft.Data.Sqlite;
using VaultGrid.Embedded.Storage;

namespace VaultGrid.Engine.Tests.State;

public sealed class SqliteTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("vg-sqlite-");
    private SqliteDatabase _database = null!;

    private string DatabaseFile => Path.Combine(_directory.FullName, "a.db");

    public async ValueTask InitializeAsync()
    {
        _database = SqliteDatabase.Open(DatabaseFile);
        await SqliteSchema.UpgradeAsync(_database, "test", ["CREATE TABLE item (id INTEGER PRIMARY KEY) STRICT"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_change_that_throws_is_undone_and_those_committed_with_it_are_not()
    {
        var changes = Enumerable.Range(0, 100).Select(i => _database.WriteAsync(session =>
        {
            Insert(session, i);
            return i % 10 == 3 ? throw new InvalidOperationException("no") : i;
        })).ToArray();
        foreach (var (change, i) in changes.Select((change, i) => (change, i)))
        {
            if (i % 10 == 3)
            {
                await Assert.ThrowsAsync<InvalidOperationException>(() => change);
            }
            else
            {
                Assert.Equal(i, await change);
            }
        }

        Assert.Equal(90L, Count());
    }

    [Fact]
    public async Task A_reader_sees_what_was_acknowledged_and_can_not_write()
    {
        await _database.WriteAsync(session => Insert(session, 1));
        Assert.Equal(1L, Count());
        Assert.Throws<SqliteException>(() => _database.Read(session => Insert(session, 2)));
    }

    [Fact]
    public async Task A_schema_is_upgraded_in_place_once_and_a_newer_one_is_refused()
    {
        string[] steps = ["CREATE TABLE item (id INTEGER PRIMARY KEY) STRICT", "ALTER TABLE item ADD COLUMN note TEXT"];
        await _database.WriteAsync(session => Insert(session, 1));
        await SqliteSchema.UpgradeAsync(_database, "test", steps);
        await SqliteSchema.UpgradeAsync(_database, "test", steps);
        Assert.Equal(1L, _database.Read(session => (long)session.Command("SELECT count(*) FROM item WHERE note IS NULL").ExecuteScalar()!));
        await Assert.ThrowsAsync<InvalidOperationException>(() => SqliteSchema.UpgradeAsync(_database, "test", steps[..1]));
    }

    [Fact]
    public async Task A_closed_database_has_done_what_it_accepted_and_accepts_nothing_more()
    {
        var changes = Enumerable.Range(0, 50).Select(i => _database.WriteAsync(session => Insert(session, i))).ToArray();
        await _database.DisposeAsync();
        await Task.WhenAll(changes);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _database.WriteAsync(session => Insert(session, 99)));
        Assert.Throws<ObjectDisposedException>(() => Count());
        _database = SqliteDatabase.Open(DatabaseFile);
        Assert.Equal(50L, Count());
    }

    [Fact]
    public async Task A_file_that_two_have_open_stays_open_for_the_other()
    {
        var other = SqliteDatabase.Open(DatabaseFile);
        await other.WriteAsync(session => Insert(session, 1));
        Assert.Equal(1L, Count());

        await other.DisposeAsync();
        await other.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => other.WriteAsync(session => Insert(session, 2)));
        await _database.WriteAsync(session => Insert(session, 3));
        Assert.Equal(2L, Count());
    }

    [Fact]
    public async Task A_statement_that_is_run_directly_keeps_what_it_was_given()
    {
        await _database.WriteAsync(session => session.Change("CREATE TABLE thing (id INTEGER PRIMARY KEY, text TEXT, bytes BLOB) STRICT"));
        string?[] texts = [null, "", "grün", "a\0b"];
        byte[]?[] bytes = [null, [], [0, 255], new byte[5000]];
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(1, await _database.WriteAsync(session => session.Change("INSERT INTO thing (id, text, bytes) VALUES (?1, ?2, ?3)", long.MaxValue - i, texts[i], bytes[i])));
            Assert.Equal(
                (long.MaxValue - i, bytes[i] is null),
                _database.Read(session => session.First("SELECT id, bytes FROM thing WHERE id = ?1", row => (row.Number(0), row.Bytes(1) is null), long.MaxValue - i)));
            Assert.Equal(bytes[i] ?? [], _database.Read(session => session.First("SELECT bytes FROM thing WHERE id = ?1", row => new Kept(row.Bytes(0) ?? []), long.MaxValue - i))!.Value.Bytes);
            Assert.Equal(texts[i], _database.Read(session => session.Command("SELECT text FROM thing WHERE id = $id", ("$id", long.MaxValue - i)).ExecuteScalar() as string));
        }

        Assert.Null(_database.Read(session => session.First("SELECT id FROM thing WHERE id = ?1", row => row.Number(0), 1)));
        await Assert.ThrowsAsync<SqliteException>(() => _database.WriteAsync(session => session.Change("INSERT INTO thing (id) VALUES (?1)", long.MaxValue)));
        Assert.Equal(1, await _database.WriteAsync(session => session.Change("DELETE FROM thing WHERE id = ?1", long.MaxValue)));
    }

    [Fact]
    public async Task Writers_who_came_in_a_crowd_and_then_alone_are_all_served()
    {
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _database.WriteAsync(session => Insert(session, (100 * round) + i))));
            await _database.WriteAsync(session => Insert(session, (100 * round) + 99));
        }

        Assert.Equal(123L, Count());
    }

    [Fact]
    public async Task A_log_with_room_behind_its_frames_is_read_to_the_last_of_them_after_a_crash()
    {
        var copy = Directory.CreateTempSubdirectory("vg-sqlite-");
        try
        {
            for (var round = 1; round <= 3; round++)
            {
                for (var i = 0; i < 100; i++) await _database.WriteAsync(session => Insert(session, (1000 * round) + i));
                await _database.WriteAsync(session => session.Change($"CREATE TABLE fill{round} (bytes BLOB) STRICT"));
                await _database.WriteAsync(session => session.Change($"INSERT INTO fill{round} (bytes) VALUES (?1)", new byte[2 << 20]));

                // What a killed process would leave, between two transactions: frames, then zeros, as soon as the writer has put them there behind its commit.
                var hasRoom = false;
                for (var waited = 0; !hasRoom && waited < 1000; waited++)
                {
                    await Task.Delay(10, TestContext.Current.CancellationToken);
                    foreach (var end in (string[])["", "-wal"]) File.Copy(DatabaseFile + end, Path.Combine(copy.FullName, "a.db" + end), overwrite: true);
                    hasRoom = !File.ReadAllBytes(Path.Combine(copy.FullName, "a.db-wal")).AsSpan(^(256 * 1024)..).ContainsAnyExcept((byte)0);
                }

                Assert.True(hasRoom, "there is no room behind the log's frames");
                await using var crashed = SqliteDatabase.Open(Path.Combine(copy.FullName, "a.db"));
                Assert.Equal(100L * round, crashed.Read(session => (long)session.Command("SELECT count(*) FROM item").ExecuteScalar()!));
                await crashed.WriteAsync(session => Insert(session, 9999));
                Assert.Equal((100L * round) + 1, crashed.Read(session => (long)session.Command("SELECT count(*) FROM item").ExecuteScalar()!));
            }
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_log_goes_home_while_changes_go_on_and_begins_anew()
    {
        const int Megabytes = 160;
        await _database.WriteAsync(session => session.Change("CREATE TABLE big (id INTEGER PRIMARY KEY, bytes BLOB) STRICT"));
        for (var i = 0; i < Megabytes; i++)
        {
            await _database.WriteAsync(session => session.Change("INSERT INTO big (id, bytes) VALUES (?1, ?2)", i, new byte[1 << 20]));
        }

        // The log is a ring of a lot and what comes while that goes home; if it never began anew, it would hold everything.
        Assert.InRange(new FileInfo(DatabaseFile + "-wal").Length, 1, (Megabytes - 32) << 20);
        Assert.Equal((long)Megabytes << 20, _database.Read(session => (long)session.Command("SELECT sum(length(bytes)) FROM big").ExecuteScalar()!));
        await _database.DisposeAsync();
        Assert.False(File.Exists(DatabaseFile + "-wal"));
        _database = SqliteDatabase.Open(DatabaseFile);
        Assert.Equal((long)Megabytes << 20, _database.Read(session => (long)session.Command("SELECT sum(length(bytes)) FROM big").ExecuteScalar()!));
    }

    [Fact]
    public void The_file_is_readable_by_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix file modes");
        }
        else
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DatabaseFile));
        }
    }

    private readonly record struct Kept(byte[] Bytes);

    private static int Insert(SqliteSession session, int id) => session.Command("INSERT INTO item (id) VALUES ($id)", ("$id", id)).ExecuteNonQuery();

    private long Count() => _database.Read(session => (long)session.Command("SELECT count(*) FROM item").ExecuteScalar()!);
}
