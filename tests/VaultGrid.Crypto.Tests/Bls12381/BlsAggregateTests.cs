using VaultGrid.Crypto.Bls12381;

namespace VaultGrid.Crypto.Tests.Bls12381;

public sealed class BlsAggregateTests
{
    private readonly SeededBytes _random = new();

    [Fact]
    public void One_message_signed_by_many_is_verified_at_once()
    {
        using var keys = new Keys(_random, 5);
        var message = _random.Next(40);
        var aggregate = BlsAggregate.Aggregate([.. keys.All.Select(k => k.Sign(message))]);
        Assert.True(BlsAggregate.Verify([.. keys.Public], message, aggregate));
        Assert.False(BlsAggregate.Verify([.. keys.Public.Skip(1)], message, aggregate));
        Assert.False(BlsAggregate.Verify([.. keys.Public], "other"u8, aggregate));
        Assert.False(BlsAggregate.Verify([], message, aggregate));
        Assert.Throws<ArgumentOutOfRangeException>(() => BlsAggregate.Aggregate([]));
    }

    [Fact]
    public void Keys_that_cancel_out_verify_nothing()
    {
        using var keys = new Keys(_random, 1);
        var opposite = BlsPublicKey.From(keys.Public[0].Point.Negate()).Value;
        Assert.False(BlsAggregate.Verify([keys.Public[0], opposite], "m"u8, new BlsSignature(G2Point.Identity)));
    }

    // Two keys, the second chosen to cancel the first: what proofs of possession are for.
    [Fact]
    public void A_rogue_key_has_no_proof_of_possession()
    {
        using var keys = new Keys(_random, 2);
        var (victim, attacker) = (keys.Public[0], keys.All[1]);
        var rogue = BlsPublicKey.From(attacker.PublicKey.Point.Subtract(victim.Point)).Value;
        Assert.True(BlsAggregate.Verify([victim, rogue], "m"u8, attacker.Sign("m"u8)));
        Assert.False(rogue.VerifyPossession(attacker.ProvePossession()));
    }

    [Fact]
    public void Many_messages_are_verified_at_once()
    {
        using var keys = new Keys(_random, 4);
        var messages = keys.All.Select(_ => new BlsMessagePoint(_random.Next(20))).ToArray();
        var aggregate = BlsAggregate.Aggregate([.. keys.All.Zip(messages, (k, m) => k.SignHashed(m))]);
        var signed = keys.Public.Zip(messages).ToArray();
        Assert.True(BlsAggregate.Verify(signed, aggregate));
        Assert.False(BlsAggregate.Verify(signed[1..], aggregate));
        Assert.False(BlsAggregate.Verify([.. keys.Public.Zip(messages.Reverse())], aggregate));
        Assert.False(BlsAggregate.Verify(Array.Empty<(BlsPublicKey, BlsMessagePoint)>(), aggregate));
    }

    [Fact]
    public void A_batch_verifies_if_and_only_if_each_signature_does()
    {
        using var keys = new Keys(_random, 6);
        var signed = keys.All.Select((k, i) =>
        {
            var message = new BlsMessagePoint(_random.Next(i));
            return (k.PublicKey, message, k.SignHashed(message));
        }).ToArray();
        var randomness = _random.Next(16 * signed.Length);
        Assert.True(BlsAggregate.VerifyBatch(signed, randomness));

        // Zero coefficients would leave signatures out: they are made odd.
        Assert.True(BlsAggregate.VerifyBatch(signed, new byte[randomness.Length]));
        for (var i = 0; i < signed.Length; i++)
        {
            var changed = ((BlsPublicKey, BlsMessagePoint, BlsSignature)[])signed.Clone();
            changed[i].Item3 = new BlsSignature(signed[i].Item3.Point.Add(G2Point.Generator));
            Assert.False(BlsAggregate.VerifyBatch(changed, randomness));
        }

        // Two errors that cancel in the plain sum do not in the batch.
        var cancelling = ((BlsPublicKey, BlsMessagePoint, BlsSignature)[])signed.Clone();
        cancelling[0].Item3 = new BlsSignature(signed[0].Item3.Point.Add(G2Point.Generator));
        cancelling[1].Item3 = new BlsSignature(signed[1].Item3.Point.Subtract(G2Point.Generator));
        Assert.False(BlsAggregate.VerifyBatch(cancelling, randomness));
        Assert.Throws<ArgumentException>(() => BlsAggregate.VerifyBatch(signed, randomness.AsSpan(1)));
        Assert.False(BlsAggregate.VerifyBatch([], []));
    }

    private sealed class Keys(SeededBytes random, int count) : IDisposable
    {
        public BlsSecretKey[] All { get; } =
            [.. Enumerable.Range(0, count).Select(_ => BlsSecretKey.Take(Numbers.Write(random.Next(Numbers.R - 1) + 1, 32)).Value)];

        public BlsPublicKey[] Public => [.. All.Select(k => k.PublicKey)];

        public void Dispose()
        {
            foreach (var key in All) key.Dispose();
        }
    }
}
