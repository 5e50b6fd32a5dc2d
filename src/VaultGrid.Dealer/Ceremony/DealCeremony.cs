using System.Security.Cryptography;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Dealing;

/// <summary>
/// The dealer's work (protocols.md, section 4): draws P and the key (or takes one that exists), shares and proves it, seals every cluster's part to the
/// wrap key of its node, and forgets. Secrets are in locked memory and wiped on every way out.
/// </summary>
public static class DealCeremony
{
    /// <summary>Deals a key that nobody has had before.</summary>
    /// <param name="order">What and to whom.</param>
    /// <param name="random">A cryptographic generator.</param>
    /// <param name="progress">Told of every step; may be null.</param>
    /// <param name="cancellationToken">Gives up; nothing is left.</param>
    /// <returns>The deal, or <c>input.unsupported</c>, <c>input.malformed</c>: the order can't be filled, and why.</returns>
    public static Outcome<DealtKey> Deal(
        DealOrder order, RandomNumberGenerator random, Action<DealStep>? progress = null, CancellationToken cancellationToken = default) =>
        Run(order, (table, paillier) => Dealer.Draw(table, paillier, random), random, progress, cancellationToken);

    /// <summary>Shards a key that exists: the address stays, and so do those of its non-hardened children.</summary>
    /// <param name="order">What and to whom.</param>
    /// <param name="key">The private key; stays the caller's, who destroys every copy when the clusters have imported it.</param>
    /// <param name="chainCode">Its BIP-32 chain code, 32 bytes, or empty for a key without: then a random one is drawn.</param>
    /// <param name="random">A cryptographic generator.</param>
    /// <param name="progress">Told of every step; may be null.</param>
    /// <param name="cancellationToken">Gives up; nothing is left.</param>
    /// <returns>The deal, or the refusal as of <see cref="Deal"/>.</returns>
    public static Outcome<DealtKey> Shard(
        DealOrder order, PrivateKey key, ReadOnlyMemory<byte> chainCode, RandomNumberGenerator random, Action<DealStep>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(random);
        if (!chainCode.IsEmpty && chainCode.Length != DealStatement.ChainCodeLength)
            return new Refusal(RefusalCode.InputMalformed, $"a chain code has {DealStatement.ChainCodeLength} bytes");
        var code = chainCode.ToArray();
        if (code.Length == 0) random.GetBytes(code = new byte[DealStatement.ChainCodeLength]);
        return Run(order, (table, paillier) => Dealer.Shard(table, paillier, key, code, random), random, progress, cancellationToken);
    }

    /// <summary>Says what is wrong with an order, before anything is drawn.</summary>
    public static Outcome<ShareTable> Check(DealOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.FirstPolicy.KeyId == KeyId.Provisioning) return new Refusal(RefusalCode.PolicyMalformed, "the policy is the administrators', not a key's");
        if (order.FirstPolicy.Number != 1) return new Refusal(RefusalCode.PolicyMalformed, "a key is born with its policy number 1");
        if (order.FirstPolicy.Paths.FirstOrDefault(path => path.ToString().Contains('\'', StringComparison.Ordinal)) is { } hardened)
            return new Refusal(RefusalCode.InputUnsupported, $"a threshold key has no hardened children: '{hardened}' can never be signed at; leave the ' out");
        if (order.Recipients.FirstOrDefault(recipient => recipient.Statement.KeyId != order.FirstPolicy.KeyId) is { } foreign)
            return new Refusal(RefusalCode.KeyForeign, $"the wrap key of node {foreign.Statement.Node} is for '{foreign.Statement.KeyId}', the policy for '{order.FirstPolicy.KeyId}'");
        if (!ShareTable.Of([.. order.Recipients.Select(recipient => recipient.Statement.Node.Cluster.Number)], order.Threshold).Is(out var table, out var refusal)) return refusal;

        // The same sum as Dealer's own check, before half a minute is spent on primes: q^(t-1) * 2^128 has to stay below the modulus.
        return PlaintextBound.Of(order.Threshold - 1).FitsInto((int)order.Modulus)
            ? table
            : new Refusal(RefusalCode.InputUnsupported, $"a modulus of {(int)order.Modulus} bits is too short for a threshold of {order.Threshold}");
    }

    private static Outcome<DealtKey> Run(
        DealOrder order, Func<ShareTable, PaillierPrivateKey, Outcome<Deal>> deal, RandomNumberGenerator random, Action<DealStep>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (!Check(order).Is(out var table, out var refusal)) return refusal;

        DealtKey dealt;
        var tried = 0;
        using (var paillier = PaillierPrivateKey.Generate(random, order.Modulus, () => progress?.Invoke(new DealStep.SearchingPrimes(++tried)), cancellationToken))
        {
            progress?.Invoke(new DealStep.PrimesFound((int)paillier.Size));
            if (!deal(table, paillier).Is(out var drawn, out refusal)) return refusal;
            using (drawn)
            {
                // What every enclave will check: a fault of this machine shows here and not after the approvals.
                if (!drawn.Statement.Verify().Is(out _, out refusal)) return refusal;
                progress?.Invoke(new DealStep.Shared(table.ShareCount));
                dealt = Package(order, drawn, paillier, progress, cancellationToken);
            }
        }

        progress?.Invoke(new DealStep.Forgotten());
        return dealt;
    }

    private static DealtKey Package(DealOrder order, Deal drawn, PaillierPrivateKey paillier, Action<DealStep>? progress, CancellationToken cancellationToken)
    {
        var manifest = new DealManifest(
            order.FirstPolicy.KeyId, KeyKind.ThresholdEcdsa, drawn.Statement.Bytes.ToArray(),
            [.. order.Recipients.Select(recipient => new DealRecipient(recipient.Statement.Node, recipient.Statement.Hash()))]).ToBytes();
        var hash = DealManifest.HashOf(manifest);

        var wraps = new List<ReadOnlyMemory<byte>>();
        for (var i = 0; i < order.Recipients.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wrapKey = order.Recipients[i].Statement;
            wraps.Add(Wrap(wrapKey, hash, drawn.Shares[i], paillier));
            progress?.Invoke(new DealStep.Wrapped(wrapKey.Node));
        }

        return new DealtKey(drawn.Statement, new DealPackage(order.FirstPolicy.ToUtf8(), manifest, wraps));
    }

    // T behind its length, then P (docs/formats.md, "Dealt keys").
    private static byte[] Wrap(WrapKeyStatement wrapKey, Hash256 manifest, ShareSet set, PaillierPrivateKey paillier)
    {
        using var shares = set.Export();
        using var primes = paillier.Export();
        using var part = new SecretBuffer(sizeof(uint) + shares.Length + primes.Length);
        part.WriteUInt32((uint)shares.Length);
        part.Write(shares);
        part.Write(primes);
        using var secret = part.ToSecret();
        var recipient = P256PublicKey.Parse(wrapKey.PublicKey.Span).Value;
        var header = DealManifest.WrapHeader(manifest, wrapKey.Node);
        return SealedBox.Seal(recipient, header, header, secret);
    }
}
