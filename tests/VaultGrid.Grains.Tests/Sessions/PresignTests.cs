namespace VaultGrid.Grains.Tests.Sessions;

/// <summary>Sessions that were prepared: used once, kept up, given up where an enclave has forgotten them.</summary>
public sealed class PresignTests
{
    [Fact]
    public async Task What_was_prepared_is_used_once_each_and_signing_goes_on_without()
    {
        await using var tripped = await TrippedSite.StartAsync(presign: 3);
        Assert.False((await tripped.JournalAsync(await tripped.SignAsync(0))).Tries[0].Prepared);
        await tripped.FillAsync(3);

        // Nothing is prepared while these are under way, so the pool runs dry.
        var signed = await Task.WhenAll(Enumerable.Range(1, 6).Select(tripped.SignAsync));
        var tries = new List<SessionTryStatus>();
        foreach (var signature in signed) tries.Add(Assert.Single((await tripped.JournalAsync(signature)).Tries));
        Assert.True(tries.Count(one => one.Prepared) >= 3);
        Assert.Equal(tries.Count, tries.Select(one => one.Id).Distinct().Count());
        Assert.Equal(signed.Length, signed.Select(signature => Convert.ToHexString(signature.R.Span)).Distinct().Count());
        for (var n = 1; n <= 6; n++) SignatureChecks.Verify(signed[n - 1], Hash256.Sha256(BitConverter.GetBytes(n)));

        // A prepared one has its preparation in its journal: opening, A and B, R; then one go, and the signature.
        var prepared = tries.First(one => one.Prepared);
        Assert.Equal([0, 0, 1, 2, 4, 4], prepared.Steps.Select(step => step.Round));
        await tripped.FillAsync(3);
    }

    [Fact]
    public async Task What_an_enclave_has_forgotten_costs_one_try_and_is_dropped()
    {
        await using var tripped = await TrippedSite.StartAsync(presign: 4);
        await tripped.SignAsync(0);
        await tripped.FillAsync(4);
        await tripped.Site.Enclave("1/1").KillAsync();
        await tripped.Site.Enclave("1/1").StartAsync();

        var journal = await tripped.JournalAsync(await tripped.SignAsync(1));
        Assert.Equal([true, false], journal.Tries.Select(one => one.Prepared));
        Assert.Equal("session.unknown", Assert.Single(journal.Tries[0].Mishaps).Code);
        Assert.Equal(("1/1", 4), (journal.Tries[0].Mishaps[0].Node.ToString(), journal.Tries[0].Mishaps[0].Round));

        // The rest of the pool went with it: the next one does not stumble over it again.
        Assert.Single((await tripped.JournalAsync(await tripped.SignAsync(2))).Tries);
    }

    [Fact]
    public async Task An_enclave_killed_at_go_or_at_the_signature_costs_a_try()
    {
        await using var tripped = await TrippedSite.StartAsync(presign: 2);
        var n = 0;
        foreach (var victim in new[] { "1/1", "2/1" })
        {
            await tripped.SignAsync(++n);
            await tripped.FillAsync(2);
            var dead = false;
            tripped.Gateways.Before = async (node, called, _) =>
            {
                if (!dead && node.ToString() == victim && called == EnclaveCallKind.StepSession)
                {
                    dead = true;
                    await tripped.Site.Enclave(victim).KillAsync();
                }

                return null;
            };
            var signed = await tripped.SignAsync(++n);
            SignatureChecks.Verify(signed, Hash256.Sha256(BitConverter.GetBytes(n)));
            var journal = await tripped.JournalAsync(signed);
            Assert.Equal([true, false], journal.Tries.Select(one => one.Prepared));
            tripped.Gateways.Before = null;
            await tripped.Site.Enclave(victim).StartAsync();
            await tripped.Site.Grid.SynchroniseAsync(NodeId.Parse(victim).Cluster, VaultSite.Cancellation);
            await tripped.Site.Grains.GetGrain<IPresignPoolGrain>(tripped.Key.Key.ToString()).DropAsync(NodeId.Parse("3/1"), VaultSite.Cancellation);
        }
    }
}
