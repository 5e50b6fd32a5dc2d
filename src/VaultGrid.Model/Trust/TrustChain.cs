using System.Collections.Immutable;

namespace VaultGrid.Model;

/// <summary>
/// The Trusts of one chain that were verified, from the first or from one that was verified before. Immutable; it grows by one verified successor
/// at a time. After a fork it ends for good before the two, whatever follows them.
/// </summary>
public sealed class TrustChain
{
    private readonly ImmutableDictionary<Hash256, Trust> _byHash;

    private TrustChain(Hash256 first, ImmutableArray<Trust> trusts, ImmutableDictionary<Hash256, Trust> byHash, TrustFork? fork) =>
        (First, Trusts, _byHash, Fork) = (first, trusts, byHash, fork);

    /// <summary>The hash of the chain's first Trust, which every Domain of the chain names.</summary>
    public Hash256 First { get; }

    /// <summary>The verified Trusts in order; the last is the newest known.</summary>
    public ImmutableArray<Trust> Trusts { get; }

    /// <summary>The newest Trust known that counts.</summary>
    public Trust Newest => Trusts[^1];

    /// <summary>The evidence, where two successors of <see cref="Newest"/> turned up; no successor counts any more.</summary>
    public TrustFork? Fork { get; }

    /// <summary>True where the chain began with a Bootstrap Trust that has a successor by now: it serves nothing but its own re-wrapping.</summary>
    public bool HasEndedBootstrap(Trust trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        return trust.Body.IsBootstrap && Newest.Body.Number > 1;
    }

    /// <summary>Begins a chain with its first Trust.</summary>
    /// <param name="trust">Number 1, sealed.</param>
    /// <param name="first">The hash that the first Trust must have: as a Domain names it, or as the operators published it.</param>
    /// <param name="verifier">The rules.</param>
    /// <returns>The chain, or <c>trust.chain</c> (another first), or what <see cref="TrustVerifier.Check"/> refuses.</returns>
    public static Outcome<TrustChain> Begin(Trust trust, Hash256 first, TrustVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(trust);
        ArgumentNullException.ThrowIfNull(verifier);
        if (trust.Hash != first) return new Refusal(RefusalCode.TrustChain, $"the chain begins with {trust.Hash}, not with {first}");
        return verifier.Check(trust, predecessor: null).Is(out _, out var refusal) ? Known(first, trust) : refusal;
    }

    /// <summary>Goes on from a Trust that was verified before and kept where nobody else writes.</summary>
    public static TrustChain Resume(Trust known, Hash256 first)
    {
        ArgumentNullException.ThrowIfNull(known);
        return Known(first, known);
    }

    /// <summary>Goes on from Trusts of one chain that were verified before, in order; what lies between them needn't be at hand.</summary>
    public static TrustChain Resume(IReadOnlyCollection<Trust> known, Hash256 first)
    {
        ArgumentNullException.ThrowIfNull(known);
        return new TrustChain(first, [.. known], known.ToImmutableDictionary(trust => trust.Hash), null);
    }

    /// <summary>Verifies a whole chain from its first Trust.</summary>
    public static Outcome<TrustChain> Verify(IReadOnlyList<Trust> trusts, Hash256 first, TrustVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(trusts);
        if (trusts.Count == 0) return new Refusal(RefusalCode.TrustChain, "a chain has at least one Trust");
        if (!Begin(trusts[0], first, verifier).Is(out var chain, out var refusal)) return refusal;
        foreach (var next in trusts.Skip(1))
        {
            if (next.Body.Number <= chain.Newest.Body.Number)
                return new Refusal(RefusalCode.TrustChain, "a chain holds each Trust once, in order");
            if (!chain.With(next, verifier).Is(out chain!, out refusal)) return refusal;
        }

        return chain;
    }

    /// <summary>
    /// Takes a Trust of this chain that turned up: a successor of the newest lengthens it, one that is known changes nothing, and one that counts in the place of
    /// another is a fork. What doesn't count changes nothing and is refused: nobody can cut a chain with a forgery.
    /// </summary>
    /// <returns>The next state of the chain (see <see cref="Fork"/>), or <c>trust.forked</c>, <c>trust.chain</c>, or what the verifier refuses.</returns>
    public Outcome<TrustChain> With(Trust trust, TrustVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(trust);
        ArgumentNullException.ThrowIfNull(verifier);
        var number = trust.Body.Number;
        if (_byHash.ContainsKey(trust.Hash)) return this;
        if (trust.Body.Id != Newest.Body.Id) return new Refusal(RefusalCode.TrustChain, "the Trust belongs to another chain");
        if (Fork is not null && number > Newest.Body.Number) return Forked();

        // Its predecessor must be known and count: else nothing can be said about it.
        if (number < 2 || trust.Body.Predecessor is not { } named || !_byHash.TryGetValue(named, out var predecessor))
            return new Refusal(RefusalCode.TrustChain, $"what Trust {number} follows is not known: give the whole chain");
        if (!verifier.Check(trust, predecessor).Is(out _, out var refusal)) return refusal;
        if (number > Newest.Body.Number) return new TrustChain(First, Trusts.Add(trust), _byHash.Add(trust.Hash, trust), null);

        var rival = Trusts.First(known => known.Body.Number == number);
        var kept = Trusts.RemoveRange(Trusts.IndexOf(rival), Trusts.Length - Trusts.IndexOf(rival));
        return new TrustChain(First, kept, kept.ToImmutableDictionary(known => known.Hash), new TrustFork(rival, trust));
    }

    /// <summary>Finds a Trust that counts: <c>trust.forked</c> where it is one of two, <c>trust.unknown</c> where it isn't known.</summary>
    public Outcome<Trust> Find(Hash256 hash)
    {
        if (_byHash.TryGetValue(hash, out var trust)) return trust;
        return Fork is not null && (Fork.One.Hash == hash || Fork.Other.Hash == hash)
            ? Forked()
            : new Refusal(RefusalCode.TrustUnknown, $"Trust {hash} is not among those verified here");
    }

    private static TrustChain Known(Hash256 first, Trust trust) =>
        new(first, [trust], ImmutableDictionary<Hash256, Trust>.Empty.Add(trust.Hash, trust), null);

    private static Refusal Forked() =>
        new(RefusalCode.TrustForked, "two Trusts were signed in one place of this chain: neither counts; begin a new chain and find out who signed both");
}
