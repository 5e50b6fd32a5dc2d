using VaultGrid.Channels;
using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>What the coordinator of another grid asks: over mutual TLS and over a channel, by relays for themselves, and by nobody else.</summary>
public sealed class DoorTests : IAsyncLifetime
{
    private static readonly ClusterId Cluster = new(3);
    private static readonly NodeId Node = NodeId.Parse("3/2");
    private static readonly Hash256 Key = Hash256.Sha256("a key"u8);

    private static readonly Dictionary<string, Func<IClusterDoors, Task<(object Answer, object?[] Arguments)>>> Calls = new(StringComparer.Ordinal)
    {
        ["find"] = async doors => (await doors.FindKeyAsync(Cluster, Key, default).Value(), [Cluster, Key]),
        ["holders"] = async doors => (await doors.GetHoldersAsync(Cluster, Key, fresh: false, default).Value(), [Cluster, Key, false]),
        ["holders now"] = async doors => (await doors.GetHoldersAsync(Cluster, Key, fresh: true, default).Value(), [Cluster, Key, true]),
        ["call"] = async doors => (await doors.CallAsync(Node, Filled.Of<SessionCall>(), default).Value(), [Node, Filled.Of<SessionCall>()]),
        ["perform"] = async doors => (await doors.PerformAsync(Cluster, Filled.Of<PartOrder>(), default).Value(), [Cluster, Filled.Of<PartOrder>()]),
    };

    private readonly TestAuthorities _authorities = new();
    private ChannelSite _site = null!;

    public static TheoryData<string> Names => [.. Calls.Keys];

    public async ValueTask InitializeAsync() => _site = await ChannelSite.StartAsync(_authorities);

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _authorities.Dispose();
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_relay_of_another_grid_reaches_a_cluster_over_TLS(string name)
    {
        var (answer, arguments) = await Calls[name](_site.Inner.Connect(_authorities.Relay("coordinator")).Doors);
        var call = Assert.Single(_site.Inner.Grid.Calls);
        Assert.Equal(("vaultgrid://relay/coordinator", null), (call.Caller.Identity.Uri, call.Caller.Relay));
        Same.Assert(arguments, call.Arguments);
        Same.Assert(typeof(Filled).GetMethod(nameof(Filled.Of))!.MakeGenericMethod(answer.GetType()).Invoke(null, []), answer);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_relay_of_another_grid_reaches_a_cluster_through_a_channel(string name)
    {
        using var identity = _authorities.Relay("outer").Open();
        var options = new ChannelOptions { Peer = "vaultgrid://relay/hand" };
        var handler = new ChannelHandler(_site.Channel, options, identity, _authorities.Known(), _authorities.Time);
        using var client = VaultGridClient.Over(new VaultGridClientOptions { Address = new Uri("https://channel.invalid"), Retries = 0 }, handler, _authorities.Time).Value;
        var (_, arguments) = await _site.WhileServingAsync(() => Calls[name](client.Doors));
        Same.Assert(arguments, Assert.Single(_site.Inner.Grid.Calls).Arguments);
    }

    [Fact]
    public async Task Clients_are_turned_away_also_behind_a_relay()
    {
        var client = _site.Inner.Connect(_authorities.Client("backend"));
        Assert.Equal(RefusalCode.CallerRefused, (await client.Doors.CallAsync(Node, Filled.Of<SessionCall>(), default)).Refusal?.Code);
        Assert.Equal(RefusalCode.CallerRefused, (await client.Doors.FindKeyAsync(Cluster, Key, default)).Refusal?.Code);
        Assert.Equal(RefusalCode.CallerRefused, (await client.Doors.GetHoldersAsync(Cluster, Key, false, default)).Refusal?.Code);
        Assert.Equal(RefusalCode.CallerRefused, (await client.Doors.PerformAsync(Cluster, Filled.Of<PartOrder>(), default)).Refusal?.Code);
        var behind = _site.Inner.Connect(_authorities.Relay("edge")).OnBehalfOf(CertificateIdentity.Client("backend").Value);
        Assert.Equal(RefusalCode.CallerRefused, (await behind.Doors.FindKeyAsync(Cluster, Key, default)).Refusal?.Code);
        Assert.Empty(_site.Inner.Grid.Calls);
    }
}
