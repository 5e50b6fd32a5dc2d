using Orleans.Storage;
using VaultGrid.Engine.Tests.Hosting;
using VaultGrid.Engine.Tests.Reminders;
using VaultGrid.Testing.Postgres;

namespace VaultGrid.Engine.Tests.State;

/// <summary>The embedded engine over a real PostgreSQL keeps the same promises as over SQLite.</summary>
public sealed class PostgresStoreTests : IAsyncLifetime
{
    private PostgresServer _server = null!;
    private TestEngine _engine = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL is not installed (package postgresql)");
        _server = await PostgresServer.StartAsync();
        var connection = await _server.CreateDatabaseAsync("grid");
        _engine = await TestEngine.StartAsync(options => (options.SqliteFile, options.PostgresConnection) = (null, connection));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _engine.DisposeAsync();
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task State_survives_a_restart_is_cleared_and_written_again()
    {
        await Account("a").Add(41);
        Assert.Equal(42, await Account("a").Add(1));
        await _engine.RestartAsync();
        Assert.Equal(42, await Account("a").OpeningBalance());
        await Account("a").Clear();
        await _engine.RestartAsync();
        Assert.False((await Account("a").Balance()).Exists);
        Assert.Equal(7, await Account("a").Add(7));
    }

    [Fact]
    public async Task A_write_that_meets_a_newer_one_is_refused()
    {
        await Assert.ThrowsAsync<InconsistentStateException>(Account("raced").Race);
        Assert.Equal(1000, await Account("raced").OpeningBalance());
    }

    [Fact]
    public async Task A_reminder_survives_a_restart_and_can_be_unregistered()
    {
        var grain = _engine.Grains.GetGrain<IAlarmGrain>("alarm");
        await grain.Set("wake", TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(60));
        await _engine.RestartAsync();
        _engine.Time.Advance(TimeSpan.FromMinutes(10));
        await _engine.Stage.Until("rang:alarm:wake:60");
        grain = _engine.Grains.GetGrain<IAlarmGrain>("alarm");
        await grain.Unset("wake");
        await _engine.RestartAsync();
        Assert.Empty(await _engine.Grains.GetGrain<IAlarmGrain>("alarm").Names());
    }

    private IAccountGrain Account(string key) => _engine.Grains.GetGrain<IAccountGrain>(key);
}
