using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Protocols.ThresholdEcdsa;

/// <summary>A cluster's part of a threshold key, checked against what the dealer published: T, P, and the statement.</summary>
[DebuggerDisplay("ThresholdShare(redacted)")]
public sealed class ThresholdShare : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly ShareSet _shares;

    private ThresholdShare(DealStatement statement, ShareSet shares, PaillierPrivateKey paillier)
    {
        (Statement, _shares, Paillier) = (statement, shares, paillier);
        Bound = PlaintextBound.Of(statement.Table.Threshold - 1);
        Children = new ChildKeys(statement.ExtendedPublicKey);
    }

    /// <summary>What the dealer published.</summary>
    public DealStatement Statement { get; }

    /// <summary>Whose part.</summary>
    public uint Cluster => _shares.Cluster;

    /// <summary>P; belongs to this object.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public PaillierPrivateKey Paillier { get; }

    /// <summary>q^(t−1): what honest ciphertexts hold stays below it.</summary>
    internal PlaintextBound Bound { get; }

    /// <summary>The accounts below the key.</summary>
    internal ChildKeys Children { get; }

    /// <summary>T; belongs to this object.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal ShareSet Shares => _shares;

    /// <summary>Checks a cluster's part wholly, before it is stored or used: proofs, every share, P. Half a second.</summary>
    /// <param name="statement">What the approved manifest says.</param>
    /// <param name="cluster">This cluster.</param>
    /// <param name="shares">T (<see cref="ShareSet.Export"/>); stays the caller's.</param>
    /// <param name="primes">P (<see cref="PaillierPrivateKey.Export"/>); stays the caller's.</param>
    /// <param name="minimum">The least size of N to take.</param>
    /// <param name="random">Where the bases of primality tests come from.</param>
    /// <returns>The part, or <see cref="RefusalCode.InputMalformed"/> with what is wrong: a broken share is named.</returns>
    public static Outcome<ThresholdShare> Import(
        DealStatement statement, uint cluster, SecretBytes shares, SecretBytes primes, PaillierModulusSize minimum, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (!statement.Verify().Is(out _, out var refusal)) return refusal;
        if (!ShareSet.Import(statement.Table, cluster, shares).Is(out var set, out refusal)) return refusal;
        if (Broken(statement, set) is { } broken)
        {
            set.Dispose();
            return broken;
        }
        if (!PaillierPrivateKey.Import(primes, statement.Modulus, minimum, random).Is(out var paillier, out refusal))
        {
            set.Dispose();
            return refusal;
        }
        var part = new ThresholdShare(statement, set, paillier);
        if (paillier.Supports(part.Bound)) return part;
        part.Dispose();
        return new Refusal(RefusalCode.InputMalformed, "the modulus is too short for the threshold");
    }

    /// <summary>Checks everything again, at start and on audit.</summary>
    public Outcome<Done> Check(RandomNumberGenerator random)
    {
        if (!Statement.Verify().Is(out _, out var refusal)) return refusal;
        return Broken(Statement, _shares) is { } broken ? broken : Paillier.Check(random);
    }

    /// <summary>T, for sealing and duplication.</summary>
    public SecretBytes ExportShares() => _shares.Export();

    /// <summary>Wipes T and P.</summary>
    public void Dispose()
    {
        _shares.Dispose();
        Paillier.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "ThresholdShare(redacted)";

    private static Refusal? Broken(DealStatement statement, ShareSet shares)
    {
        foreach (var share in statement.Table.HeldBy(shares.Cluster))
            if (!shares.Share(share).TimesGenerator().Equals(statement.PublicShares[share]))
                return new Refusal(
                    RefusalCode.InputMalformed, $"the share that clusters {string.Join(", ", statement.Table.Lacking(share))} lack is not the one that was published");
        return null;
    }
}
