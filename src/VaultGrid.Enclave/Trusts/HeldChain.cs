using System.Collections.Immutable;
using System.Diagnostics;

namespace VaultGrid.Enclave;

/// <summary>A chain of Trusts that this enclave has a wrap key for, and what it has verified of it. Immutable; every change of it is irreversible.</summary>
[DebuggerDisplay("HeldChain({Id}, redacted)")]
internal sealed class HeldChain
{
    /// <summary>The chain.</summary>
    public required TrustId Id { get; init; }

    /// <summary>The public half of the wrap key.</summary>
    public required WrapPublicKey WrapKey { get; init; }

    /// <summary>The D key's signature over it, made once.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>The private half; null once it is wiped.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public required Leased<ChainKey>? Key { get; init; }

    /// <summary>The Trusts that count, from the first; their places are their numbers less one.</summary>
    public ImmutableArray<VerifiedTrust> Trusts { get; init; } = [];

    /// <summary>The two that were signed in the place behind the last, or null.</summary>
    public (Hash256 One, Hash256 Other)? Fork { get; init; }

    /// <summary>The statement that the wrap key is wiped; empty before.</summary>
    public ReadOnlyMemory<byte> Retirement { get; init; }

    /// <summary>True where the wrap key is wiped.</summary>
    public bool IsRetired => !Retirement.IsEmpty;

    /// <summary>The hash of the first Trust; null before it is known.</summary>
    public Hash256? First => Trusts.IsEmpty ? null : Trusts[0].Hash;

    /// <summary>The number of the newest.</summary>
    public ulong Number => (ulong)Trusts.Length;

    /// <summary>The newest Trust that counts; null before the first is known.</summary>
    public VerifiedTrust? Newest => Trusts.IsEmpty ? null : Trusts[^1];

    /// <summary>What is told of it.</summary>
    public KnownChain Known => new(Id, WrapKey.Hash, First, Number, Newest?.Hash, Newest is { IsNamed: true }, Fork, IsRetired);

    /// <summary>True where this Trust was verified, in this place.</summary>
    public bool Counts(Trust trust) => trust.Body.Number <= Number && Trusts[(int)trust.Body.Number - 1].Hash == trust.Hash;

    /// <summary>True where it is one of two that were signed in one place.</summary>
    public bool IsForked(Hash256 trust) => Fork is { } fork && (fork.One == trust || fork.Other == trust);

    /// <summary>The chain with its next Trust.</summary>
    public HeldChain With(VerifiedTrust next) => Copy(Trusts.Add(next), Fork);

    /// <summary>The chain, ended for good before two Trusts that were signed in one place.</summary>
    public HeldChain Forked(ulong number, Hash256 other) => Copy(Trusts[..((int)number - 1)], (Trusts[(int)number - 1].Hash, other));

    /// <summary>The chain without its wrap key.</summary>
    public HeldChain Retired(ReadOnlyMemory<byte> statement) => new()
    {
        Id = Id, WrapKey = WrapKey, Signature = Signature, Key = null, Trusts = Trusts, Fork = Fork, Retirement = statement,
    };

    /// <summary>Always without the key.</summary>
    public override string ToString() => $"HeldChain({Id}, redacted)";

    private HeldChain Copy(ImmutableArray<VerifiedTrust> trusts, (Hash256, Hash256)? fork) => new()
    {
        Id = Id, WrapKey = WrapKey, Signature = Signature, Key = Key, Trusts = trusts, Fork = fork, Retirement = Retirement,
    };
}
