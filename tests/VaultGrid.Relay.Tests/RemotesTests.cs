namespace VaultGrid.Relay.Tests;

/// <summary>What a silo's relay is told of clusters in other grids is judged before anything listens.</summary>
public sealed class RemotesTests
{
    private static readonly Uri There = new("https://there.example:8443");

    public static TheoryData<string, RelayRemote[]> Wrong => new()
    {
        { "an Address or a Channel", [Remote(null, 2)] },
        { "an Address or a Channel", [new RelayRemote { Clusters = { 2 }, Address = There, Channel = Channel("vaultgrid://relay/hand") }] },
        { "names its clusters", [Remote(There)] },
        { "names its clusters", [Remote(There, 2, 0)] },
        { "named twice", [Remote(There, 2, 3), Remote(new Uri("https://elsewhere.example"), 3)] },
        { "named twice", [Remote(There, 2, 2)] },
        { "a relay's identity", [new RelayRemote { Clusters = { 2 }, Channel = Channel("vaultgrid://client/hand") }] },
        { "shorter than", [new RelayRemote { Clusters = { 2 }, Channel = Channel("vaultgrid://relay/hand", TimeSpan.FromMinutes(1)) }] },
        { "https", [Remote(new Uri("http://there.example"), 2)] },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_remote_is_named(string why, RelayRemote[] remotes)
    {
        var judged = Judge(remotes);
        Assert.True(judged.Failed);
        Assert.Contains(why, judged.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_ways_to_several_grids_are_right() => Assert.True(
        Judge(Remote(There, 2, 3), new RelayRemote { Clusters = { 4 }, Channel = Channel("vaultgrid://relay/hand") }).Succeeded);

    private static Microsoft.Extensions.Options.ValidateOptionsResult Judge(params RelayRemote[] remotes)
    {
        var options = new RelayOptions();
        foreach (var remote in remotes) options.Remotes.Add(remote);
        return new RelayOptionsValidator().Validate(null, options);
    }

    private static RelayRemote Remote(Uri? address, params uint[] clusters)
    {
        var remote = new RelayRemote { Address = address };
        foreach (var cluster in clusters) remote.Clusters.Add(cluster);
        return remote;
    }

    private static RelayChannel Channel(string peer, TimeSpan? patience = null) => new() { Directory = "gap", Peer = peer, Patience = patience ?? TimeSpan.FromSeconds(20) };
}
