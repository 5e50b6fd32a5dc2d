using VaultGrid.LocalGrid;

namespace VaultGrid.Grains.Tests.Trusts;

/// <summary>A silo process that is killed while Trusts are sealed and Domains are rotated.</summary>
public sealed class TrustCrashTests(TrustGridFixture fixture) : IClassFixture<TrustGridFixture>
{
    private const int Rounds = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_silo_forks_no_chain_and_loses_no_Domain()
    {
        var newest = await fixture.BeginAsync(Cancellation, 1, 2, 3);
        var id = LocalTrusts.NewDomain();
        var (domains, client, identity) = fixture.Client(id);
        using (identity)
        using (client)
        {
            var domain = (await domains.CreateAsync(id, MasterKeyKind.Aes256, "", newest.Body.Id, Cancellation)).Value;
            using var fileKey = SecretBytes.Random(FileKeyWrap.KeyLength);
            var header = (await domains.WrapAsync(domain, FileHeader.NewStreamPart(), fileKey, Cancellation)).Value;
            for (var round = 0; round < Rounds; round++)
            {
                // Two successors race, and a rotation with them; the kill falls wherever they happen to be.
                TrustBody[] rivals = [await fixture.NextAsync(newest, Cancellation, 1, 2, 3), await fixture.NextAsync(newest, Cancellation, 1, 2)];
                foreach (var rival in rivals) await fixture.Grid.Trusts.FileAsync(rival, fixture.Operators.Take(3), Cancellation);
                var running = rivals.Select(rival => SealAsync(rival.Hash)).Append(RotateAsync(domains, id)).ToList();
                if (round % 2 == 0) await Task.WhenAny(running);
                await fixture.Grid.Silo.KillAsync();
                await Task.WhenAll(running);
                await fixture.Grid.StartSiloAsync(Cancellation);

                newest = await SettleAsync(newest, rivals);
                domain = (await domains.GetAsync(id, Cancellation)).Value;
                using var opened = (await domains.UnwrapAsync(domain, header, Cancellation)).Value;
                Assert.Equal(Bytes(fileKey), Bytes(opened));

                // The grid re-wraps it by itself, and so does its owner: whoever comes second reads it again.
                while (domain.Keys.Trust != newest.Hash)
                {
                    var rotated = await domains.RotateAsync(domain, newMaster: false, 0, Cancellation);
                    Assert.True(rotated.Refusal is null or { Code: RefusalCode.StateConflict }, rotated.Refusal?.ToString());
                    domain = (await domains.GetAsync(id, Cancellation)).Value;
                }
            }
        }
    }

    private async Task SealAsync(Hash256 trust)
    {
        using var client = fixture.Grid.NewClient(retries: 0);
        _ = await client.Trusts.SealTrustAsync(trust, new TrustSealing(), Cancellation);
    }

    private static async Task RotateAsync(DomainClient domains, DomainId id)
    {
        if ((await domains.GetAsync(id, Cancellation)).Is(out var domain, out _)) _ = await domains.RotateAsync(domain, newMaster: false, 0, Cancellation);
    }

    // Asked again, exactly one is or becomes the successor, and every enclave knows that one and no other.
    private async Task<Trust> SettleAsync(Trust before, TrustBody[] rivals)
    {
        var trusts = fixture.Grid.Client.Trusts;
        var outcomes = new List<Outcome<TrustStatus>>();
        foreach (var rival in rivals) outcomes.Add(await trusts.SealTrustAsync(rival.Hash, new TrustSealing(), Cancellation));
        var signed = Assert.Single(outcomes, outcome => outcome.Refusal is null).Value;
        Assert.Equal(RefusalCode.StateConflict, Assert.Single(outcomes, outcome => outcome.Refusal is not null).Refusal!.Code);
        var chain = (await trusts.GetChainAsync(before.Body.Id, Cancellation)).Value;
        Assert.Equal((signed.Trust, before.Body.Number + 1), (chain.Newest, chain.Number));
        return Trust.Parse(signed.Document!.Value.Span, new Model.Certificates.CertificateCache()).Value;
    }

    private static byte[] Bytes(SecretBytes secret)
    {
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return bytes;
    }
}
