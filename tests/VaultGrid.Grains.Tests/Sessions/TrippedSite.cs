using Microsoft.Extensions.DependencyInjection;
using VaultGrid.Grains.Sessions;

namespace VaultGrid.Grains.Tests.Sessions;

/// <summary>Three clusters of one node with a key of 2 of 3, and a hand on the way to them.</summary>
internal sealed class TrippedSite : IAsyncDisposable
{
    private TrippedSite(VaultSite site, KeyStatus key, TrippedGateways gateways) => (Site, Key, Gateways) = (site, key, gateways);

    public VaultSite Site { get; }

    public KeyStatus Key { get; }

    public TrippedGateways Gateways { get; }

    public static async Task<TrippedSite> StartAsync(int presign = 0, params (string Key, string Value)[] settings)
    {
        var gateways = new TrippedGateways();
        var site = await VaultSite.StartClustersAsync(
            3, 1, services => services.AddSingleton<IClusterGateways>(gateways),
            [("VaultGrid:Grains:Sessions:Presign", presign.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. settings]);
        return new TrippedSite(site, await site.DealAsync(2), gateways);
    }

    public async Task<SignatureStatus> SignAsync(int n) => (await Site.ExecuteAsync(Site.SignTogether(Key, n))).EnsureDone().Signature!;

    public async Task<SessionStatus> JournalAsync(SignatureStatus signed) =>
        (await Site.Grid.GetSessionAsync(signed.Session!.Value, VaultSite.Cancellation)).Value;

    /// <summary>Fills the pool: a signature tells it that the key is in use, then it is asked until it is full.</summary>
    public async Task FillAsync(int depth)
    {
        var pool = Site.Grains.GetGrain<IPresignPoolGrain>(Key.Key.ToString());
        while ((await pool.GetDepthAsync(VaultSite.Cancellation)).Ready < depth) await Task.Yield();
    }

    /// <summary>Lets nothing be opened any more, gives back what was prepared, and waits until no enclave holds a session.</summary>
    public async Task EmptyAsync()
    {
        Gateways.Before = (_, called, _) => Task.FromResult(called == EnclaveCallKind.OpenSession ? new Refusal(RefusalCode.EnclaveBusy, "not now") : null);
        var pool = Site.Grains.GetGrain<IPresignPoolGrain>(Key.Key.ToString());
        foreach (var enclave in Site.Enclaves)
        {
            await using var door = new EnclaveConnection(enclave.Socket);
            uint left;
            do
            {
                // What was being prepared when the door was shut comes late.
                foreach (var each in Site.Enclaves) await pool.DropAsync(each.Node, VaultSite.Cancellation);
                left = (await door.AskAsync(new StatusCall(), VaultSite.Cancellation)).Value.Sessions;
            }
            while (left > 0);
        }

        Gateways.Before = null;
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
