namespace VaultGrid.Enclave.Tests;

/// <summary>Session keys by the hour, join nonces by the minute.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private static readonly KeyId Treasury = KeyId.Parse("treasury");

    private readonly ManualTime _time = new();
    private readonly TestGrid _grid;
    private readonly TestStore[] _stores;
    private TestNode _one = null!;
    private TestNode _two = null!;

    public SessionTests()
    {
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
        _stores = [new TestStore(_time), new TestStore(_time)];
    }

    public async ValueTask InitializeAsync()
    {
        (_one, _two) = (_stores[0].Start(_grid, "1/1"), _stores[1].Start(_grid, "1/2"));
        foreach (var node in new[] { _one, _two }) await node.JoinClusterAsync(TestGrid.Membership([1, 2]));
        await _one.CreateKeyAsync();
    }

    public ValueTask DisposeAsync()
    {
        foreach (var store in _stores) store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_session_key_serves_an_hour_and_is_another_after_a_restart()
    {
        var first = await SessionAsync();
        _time.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(first, await SessionAsync());
        _time.Advance(TimeSpan.FromMinutes(11));
        var second = await SessionAsync();
        Assert.NotEqual(first, second);
        _stores[1].Stop();
        _two = _stores[1].Start(_grid, "1/2");
        Assert.NotEqual(second, await SessionAsync());
    }

    [Fact]
    public void The_last_two_session_keys_are_kept_and_no_third()
    {
        var clock = new EnclaveClock(_time, DateTimeOffset.UnixEpoch);
        using var sessions = new SessionKeys(clock);
        using var device = new SoftwareP256Key(P256SigningKey.Generate());
        var identity = new DeviceIdentity(NodeId.Parse("1/1"), DeviceKeyAlgorithm.P256, device.PublicKey, default, default, device, null);
        var names = new List<Hash256>();
        for (var hour = 0; hour < 3; hour++)
        {
            names.Add(sessions.Current(identity).Name);
            _time.Advance(SessionKeys.Period);
        }

        Assert.Null(sessions.Find(names[0]));
        Assert.NotNull(sessions.Find(names[1]));
        Assert.NotNull(sessions.Find(names[2]));
    }

    [Fact]
    public async Task A_message_to_a_session_before_a_restart_opens_no_more()
    {
        var release = await _one.AskAsync(new ReleaseCall(await _two.AskAsync(new JoinCall(Treasury))));
        _stores[1].Stop();
        _two = _stores[1].Start(_grid, "1/2");
        await _two.RefusesAsync(RefusalCode.JoinReplayed, new AcceptCall(release));
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_is_not_taken()
    {
        var release = await _one.AskAsync(new ReleaseCall(await _two.AskAsync(new JoinCall(Treasury))));
        _time.Advance(PendingJoins.Life + TimeSpan.FromSeconds(1));
        await _two.RefusesAsync(RefusalCode.JoinReplayed, new AcceptCall(release));
    }

    [Fact]
    public async Task Only_so_many_joins_wait_at_a_time()
    {
        for (var i = 0; i < PendingJoins.Capacity; i++) await _two.AskAsync(new JoinCall(Treasury));
        await _two.RefusesAsync(RefusalCode.EnclaveBusy, new JoinCall(Treasury));
        _time.Advance(PendingJoins.Life + TimeSpan.FromSeconds(1));
        await _two.CopyKeyAsync(_one);
    }

    [Fact]
    public async Task Enclaves_whose_clocks_differ_too_much_exchange_no_keys()
    {
        var join = await _two.AskAsync(new JoinCall(Treasury));
        _time.Advance(SessionKeys.Period + SessionKeys.Skew + TimeSpan.FromSeconds(1));
        await _one.RefusesAsync(RefusalCode.JoinMismatch, new ReleaseCall(join));
    }

    private async Task<Hash256> SessionAsync() => Hash256.Sha256(
        JoinStatement.Parse((await _two.AskAsync(new JoinCall(Treasury))).Statement.Span).Value.Session.PublicKey.Span);
}
