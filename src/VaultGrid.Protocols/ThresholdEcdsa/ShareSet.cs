using System.Diagnostics;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>T of one cluster: the shares that it holds, by their numbers in the table.</summary>
[DebuggerDisplay("ShareSet(redacted)")]
public sealed class ShareSet : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretScalar?[] _shares;

    internal ShareSet(uint cluster, SecretScalar?[] shares) => (Cluster, _shares) = (cluster, shares);

    /// <summary>Whose shares.</summary>
    public uint Cluster { get; }

    /// <summary>Reads what <see cref="Export"/> wrote; it stays the caller's.</summary>
    /// <returns>The set, or <see cref="RefusalCode.InputMalformed"/>: a cluster without shares, another number of them, or a share out of range.</returns>
    public static Outcome<ShareSet> Import(ShareTable table, uint cluster, SecretBytes bytes)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(bytes);
        var held = table.HeldBy(cluster);
        if (held.Count == 0 || bytes.Length != held.Count * PrimeGroup.ScalarLength)
            return new Refusal(RefusalCode.InputMalformed, "these are not the shares of this cluster");
        var set = new ShareSet(cluster, new SecretScalar?[table.ShareCount]);
        for (var i = 0; i < held.Count; i++)
        {
            if (PrimeGroup.Secp256k1.DecodeSecret(bytes.Slice(i * PrimeGroup.ScalarLength, PrimeGroup.ScalarLength)).Is(out var share, out _))
            {
                set._shares[held[i]] = share;
                if (!share.IsZero()) continue;
            }
            set.Dispose();
            return new Refusal(RefusalCode.InputMalformed, "a share is zero or not below the group order");
        }
        return set;
    }

    /// <summary>The shares, 32 bytes each, in the order of the table.</summary>
    public SecretBytes Export()
    {
        using var buffer = new SecretBuffer(Math.Max(1, _shares.Length * PrimeGroup.ScalarLength));
        foreach (var share in _shares) share?.WriteTo(buffer);
        return buffer.ToSecret();
    }

    /// <summary>Wipes the shares.</summary>
    public void Dispose()
    {
        foreach (var share in _shares) share?.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "ShareSet(redacted)";

    /// <summary>One share; the cluster holds it.</summary>
    internal SecretScalar Share(int share) => _shares[share] ?? throw new InvalidOperationException($"Cluster {Cluster} does not hold share {share}.");

    /// <summary>The product of given shares; 1 of none.</summary>
    internal SecretScalar Product(IReadOnlyList<int> shares)
    {
        Span<byte> one = [1];
        var product = PrimeGroup.Secp256k1.ReduceSecret(one);
        foreach (var share in shares)
        {
            var next = product.Multiply(Share(share));
            product.Dispose();
            product = next;
        }
        return product;
    }
}
