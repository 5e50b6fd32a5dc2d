using System.Security.Cryptography;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Enclave.Tests;

/// <summary>Noise that is drawn ahead while nothing else is done.</summary>
public sealed class NoiseFillingTests
{
    private const int Capacity = 3;

    private static readonly RandomNumberGenerator Random = RandomNumberGenerator.Create();

    [Fact]
    public void Idle_time_fills_every_stock_and_a_session_that_used_some_has_it_filled_again()
    {
        var shares = Shares();
        using (var filling = new NoiseFilling(() => shares, () => shares))
        {
            filling.Start();
            foreach (var share in shares) Until(share, Capacity);

            Assert.True(shares[1].TryTake(out var lease));
            using (lease) lease.Value.Noise.Take(Random).Dispose();
            filling.Begin();
            filling.End(EnclaveCallKind.OpenSession);
            Until(shares[1], Capacity);
        }

        foreach (var share in shares) share.Close();
    }

    [Fact]
    public void A_share_that_is_closed_is_left_alone_and_the_others_are_filled()
    {
        var shares = Shares();
        shares[0].Close();
        using (var filling = new NoiseFilling(() => shares, () => shares))
        {
            filling.Start();
            Until(shares[1], Capacity);
        }

        shares[1].Close();
    }

    [Fact]
    public void Agreements_with_peers_are_made_before_noise_until_there_are_enough()
    {
        var shares = Shares();
        using var peer = P256AgreementKey.Generate();
        using var boxes = new BoxStock(peer.PublicKey, Capacity);
        boxes.Prepare([]).Dispose();
        using (var filling = new NoiseFilling(() => shares, () => shares, boxes.FillOne))
        {
            filling.Start();
            foreach (var share in shares) Until(share, Capacity);
            Assert.Equal(Capacity, boxes.Count);
        }

        foreach (var share in shares) share.Close();
    }

    [Fact]
    public void One_that_was_never_started_ends_too()
    {
        var filling = new NoiseFilling(() => [], () => this);
        filling.Begin();
        filling.End(EnclaveCallKind.StepSession);
        filling.Dispose();
    }

    private static List<Leased<OpenShare>> Shares()
    {
        using var paillier = PaillierPrivateKey.Generate(Random, PaillierModulusSize.UnsafeBits2048);
        using var deal = Dealer.Draw(ShareTable.Of([1, 2], 2).Value, paillier, Random).Value;
        return [.. deal.Shares.Select(set =>
        {
            using var shares = set.Export();
            using var primes = paillier.Export();
            var share = ThresholdShare.Import(deal.Statement, set.Cluster, shares, primes, PaillierModulusSize.UnsafeBits2048, Random).Value;
            return new Leased<OpenShare>(new OpenShare(share, Capacity));
        })];
    }

    private static void Until(Leased<OpenShare> share, int count)
    {
        while (true)
        {
            Assert.True(share.TryTake(out var lease));
            using (lease)
            {
                if (lease.Value.Noise.Count == count) return;
            }

            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Thread.Yield();
        }
    }
}
