using System.Security.Cryptography;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Protocols.Tests.ThresholdEcdsa;

public sealed class DealTests
{
    private static readonly RandomNumberGenerator Random = DealtKeys.Random;

    [Theory]
    [InlineData(2, 2)]
    [InlineData(5, 3)]
    public void An_existing_key_keeps_its_address_and_those_of_its_children(int clusters, int threshold)
    {
        using var seed = SecretBytes.Random(32);
        using var root = ExtendedPrivateKey.FromSeed(seed).Value;
        var known = root.ToPublic();
        using var deal = Dealer.Shard(DealtKeys.Table(clusters, threshold), DealtKeys.Paillier, root.PrivateKey, known.ChainCode, Random).Value;
        Assert.Equal(known, deal.Statement.ExtendedPublicKey);
        Assert.Equal(known.ToString(), deal.Statement.ExtendedPublicKey.ToString());

        var key = DealtKeys.Import(deal);
        var approved = SigningNetwork.Approve("m/0/7");
        uint[] order = [.. Enumerable.Range(1, threshold).Reverse().Select(c => (uint)c)];
        using var network = new SigningNetwork(key, order, approved);
        var signature = network.Sign()!;
        Assert.True(known.Derive(0, 7).Value.PublicKey.Verify(approved.Message, signature));
    }

    [Fact]
    public void Any_byte_of_a_statement_that_is_changed_is_found()
    {
        using var deal = Dealer.Draw(DealtKeys.Table(3, 2), DealtKeys.Paillier, Random).Value;
        var bytes = deal.Statement.Bytes.ToArray();
        var same = DealStatement.Parse(bytes).Value;
        Assert.Equal(deal.Statement.Hash, same.Hash);
        Assert.Null(same.Verify().Refusal);

        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= (byte)(1 << (i % 8));
            if (DealStatement.Parse(changed).Is(out var other, out _)) Assert.True(other.Verify().Refusal is not null, $"byte {i}");
        }
        for (var length = 0; length < bytes.Length; length += 7) Assert.NotNull(DealStatement.Parse(bytes.AsSpan(0, length)).Refusal);
        Assert.NotNull(DealStatement.Parse([.. bytes, 0]).Refusal);
    }

    [Fact]
    public void A_share_that_was_not_published_is_named()
    {
        using var deal = Dealer.Draw(DealtKeys.Table(4, 3), DealtKeys.Paillier, Random).Value;
        using var primes = DealtKeys.Paillier.Export();
        using var right = deal.Shares[0].Export();
        var bytes = new byte[right.Length];
        right.CopyTo(bytes);
        for (var share = 0; share < bytes.Length / 32; share++)
        {
            var changed = (byte[])bytes.Clone();
            changed[(share * 32) + 31] ^= 1;
            using var wrong = SecretBytes.Take(changed);
            var lacking = string.Join(", ", deal.Statement.Table.Lacking(deal.Statement.Table.HeldBy(1)[share]));
            var refusal = ThresholdShare.Import(deal.Statement, 1, wrong, primes, PaillierModulusSize.UnsafeBits2048, Random).Refusal;
            Assert.Contains($"clusters {lacking} lack", refusal?.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_not_this_clusters_or_not_this_keys_is_refused()
    {
        using var deal = Dealer.Draw(DealtKeys.Table(3, 2), DealtKeys.Paillier, Random).Value;
        using var primes = DealtKeys.Paillier.Export();
        using var first = deal.Shares[0].Export();
        using var second = deal.Shares[1].Export();
        using var zeros = SecretBytes.Take(new byte[first.Length]);
        using var ones = SecretBytes.Take([.. Enumerable.Repeat((byte)0xff, first.Length)]);
        using var shorter = first.Slice(0, 32);
        using var other = PaillierPrivateKey.Generate(Random, PaillierModulusSize.UnsafeBits2048);
        using var otherPrimes = other.Export();

        Assert.NotNull(Import(1, second, primes));
        Assert.NotNull(Import(1, zeros, primes));
        Assert.NotNull(Import(1, ones, primes));
        Assert.NotNull(Import(1, shorter, primes));
        Assert.NotNull(Import(4, first, primes));
        Assert.NotNull(Import(1, first, otherPrimes));
        Assert.NotNull(Import(1, first, primes, PaillierModulusSize.Bits3072));
        Assert.Null(Import(1, first, primes));

        Refusal? Import(uint cluster, SecretBytes shares, SecretBytes p, PaillierModulusSize minimum = PaillierModulusSize.UnsafeBits2048) =>
            ThresholdShare.Import(deal.Statement, cluster, shares, p, minimum, Random).Refusal;
    }

    [Fact]
    public void A_part_can_be_checked_again_and_exported()
    {
        var part = DealtKeys.Of(3, 2)[1];
        Assert.Null(part.Check(Random).Refusal);
        using var shares = part.ExportShares();
        using var primes = part.Paillier.Export();
        using var copy = ThresholdShare.Import(part.Statement, 2, shares, primes, PaillierModulusSize.UnsafeBits2048, Random).Value;
        Assert.Equal(2u, copy.Cluster);
    }

    [Fact]
    public void A_modulus_too_short_for_the_threshold_is_refused_by_the_dealer()
    {
        Assert.Equal(RefusalCode.InputUnsupported, Dealer.Draw(DealtKeys.Table(9, 9), DealtKeys.Paillier, Random).Refusal?.Code);
        using var most = Dealer.Draw(DealtKeys.Table(8, 8), DealtKeys.Paillier, Random).Value;
        Assert.Equal(8, most.Shares.Count);
    }

    [Fact]
    public void Ten_clusters_with_the_most_shares_sign()
    {
        using var deal = Dealer.Draw(DealtKeys.Table(10, 6), DealtKeys.Paillier, Random).Value;
        Assert.Equal(252, deal.Statement.PublicShares.Count);
        Assert.Null(deal.Statement.Verify().Refusal);
        var key = DealtKeys.Import(deal);
        var approved = SigningNetwork.Approve("m/1");
        using var network = new SigningNetwork(key, [10, 3, 5, 1, 7, 2], approved, prepared: true);
        SigningTests.AssertValid(key, approved, network.Sign()!);
    }
}
