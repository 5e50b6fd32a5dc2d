namespace VaultGrid.Dealing;

/// <summary>What the ceremony is doing, for the person who waits.</summary>
public abstract record DealStep
{
    private DealStep() { }

    /// <summary>One more candidate was no prime.</summary>
    /// <param name="Tried">How many there were so far, for both primes.</param>
    public sealed record SearchingPrimes(int Tried) : DealStep;

    /// <summary>P is drawn.</summary>
    /// <param name="Bits">Bits of its modulus.</param>
    public sealed record PrimesFound(int Bits) : DealStep;

    /// <summary>The key is in shares, and every share is proven.</summary>
    /// <param name="Count">How many shares.</param>
    public sealed record Shared(int Count) : DealStep;

    /// <summary>A cluster's part is sealed.</summary>
    /// <param name="Node">Who opens it.</param>
    public sealed record Wrapped(NodeId Node) : DealStep;

    /// <summary>Key, shares and primes are wiped.</summary>
    public sealed record Forgotten : DealStep;
}
