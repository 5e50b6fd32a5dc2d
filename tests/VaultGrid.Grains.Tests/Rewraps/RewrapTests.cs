using VaultGrid.LocalGrid;

namespace VaultGrid.Grains.Tests.Rewraps;

/// <summary>A thousand Domains on their way under the next Trust, while silo and enclave are killed: all arrive, and each is readable all the while.</summary>
public sealed class RewrapTests
{
    private const int Count = 1000;
    private const int Files = 50;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_Domains_are_re_wrapped_through_kills_of_silo_and_enclave_and_stay_readable()
    {
        await using var grid = await LocalVaultGrid.BringUpAsync(new LocalGridOptions { StepTimeout = TimeSpan.FromMinutes(3) }, null, TimeProvider.System, Cancellation);
        var desk = new DomainDesk(grid);
        Assert.Equal(RefusalCode.TrustUnknown, (await grid.Client.Trusts.GetRewrapAsync(desk.Chain, Cancellation)).Refusal?.Code);
        Assert.Equal(RefusalCode.TrustUnknown, (await grid.Client.Trusts.StartRewrapAsync(desk.Chain, Cancellation)).Refusal?.Code);
        var first = await desk.TrustAsync(null, 1, 2, 3);
        var idle = (await grid.Client.Trusts.GetRewrapAsync(desk.Chain, Cancellation)).Value;
        Assert.Equal((first.Hash, "idle", 0L), (idle.Trust, idle.State, idle.Left));
        var domains = await desk.DomainsAsync(Count, first);
        var files = new List<(DeskDomain Domain, FileHeader Header, byte[] Key)>();
        foreach (var domain in domains.Where((_, at) => at % (Count / Files) == 0))
        {
            var (header, key) = await desk.WrapAsync(domain);
            files.Add((domain, header, key));
        }

        // The third HSM goes: re-wrapping begins by itself. Each wait for it reads one file more.
        var second = await desk.TrustAsync(first, 1, 2);
        var reads = 0;
        await UntilLeftAsync(Count * 9 / 10);
        await grid.Silo.KillAsync();
        await grid.StartSiloAsync(Cancellation);
        await UntilLeftAsync(Count / 2);
        await grid.Node(new NodeId(new ClusterId(1), 2)).Process.KillAsync();
        await ReadAsync();
        await ReadAsync();
        await grid.RestartAsync(new NodeId(new ClusterId(1), 2), Cancellation);
        await UntilLeftAsync(0);

        var done = (await grid.Client.Trusts.GetRewrapAsync(desk.Chain, Cancellation)).Value;
        Assert.Equal((second.Hash, 2UL, 0L), (done.Trust, done.Number, done.Left));
        Assert.Empty(done.Refused);
        var chain = (await grid.Client.Trusts.GetChainAsync(desk.Chain, Cancellation)).Value;
        Assert.Equal((second.Hash, (long)Count, 0L), (chain.Newest, chain.Domains, chain.Behind));
        foreach (var (domain, header, key) in files)
        {
            var now = (await grid.Client.Trusts.GetDomainAsync(domain.Id, Cancellation)).Value;
            Assert.Equal((second.Hash, 2UL), (now.Trust, now.Revision));
            Assert.Equal(key, (await desk.OpenAsync(domain, header)).Value);
        }

        // The removed HSM has heard of it, and opens nothing any more.
        var gone = await desk.OpenAsync(files[0].Domain, files[0].Header, new NodeId(new ClusterId(1), 3));
        Assert.Contains(gone.Refusal!.Code, new[] { RefusalCode.DomainForeign, RefusalCode.TrustSuperseded });

        async Task UntilLeftAsync(long most)
        {
            while (true)
            {
                var status = await grid.Client.Trusts.GetRewrapAsync(desk.Chain, Cancellation);
                if (status.Is(out var now, out _) && now.Left <= most && (most > 0 || now.State == "done")) return;
                await ReadAsync();
                Assert.True(reads < 20_000, $"{now?.State}: {now?.Left} are left: {string.Join(", ", now?.Refused ?? [])}");
            }
        }

        // A node or silo that is down for a moment may say so; that a Domain doesn't open, nobody may say.
        async Task ReadAsync()
        {
            var (domain, header, key) = files[reads++ % files.Count];
            var opened = await desk.OpenAsync(domain, header);
            if (opened.Is(out var bytes, out var refusal)) Assert.Equal(key, bytes);
            else Assert.True(refusal.Code.IsRetriable(), refusal.ToString());
        }
    }
}
