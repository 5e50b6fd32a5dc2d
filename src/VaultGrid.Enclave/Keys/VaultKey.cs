using System.Diagnostics;

namespace VaultGrid.Enclave;

/// <summary>A key that this enclave holds: its evidence, its policies, its seed. Immutable; the seed is shared by all snapshots that have it.</summary>
[DebuggerDisplay("VaultKey({Birth.KeyId}, redacted)")]
internal sealed class VaultKey
{
    public VaultKey(KeyEvidence evidence, BirthRecord birth, PolicyChain policies, Leased<SecretBytes> seed)
    {
        (Evidence, Birth, Policies, Seed) = (evidence, birth, policies, seed);
        Hash = birth.Hash();
        Held = new HeldKey(birth.KeyId, birth.Kind, Hash, birth.Fingerprint, policies.CurrentHash, policies.Current.Number);
    }

    /// <summary>The hash of the birth record: how requests name the key.</summary>
    public Hash256 Hash { get; }

    public BirthRecord Birth { get; }

    public KeyEvidence Evidence { get; }

    public PolicyChain Policies { get; }

    /// <summary>The key as a status tells it.</summary>
    public HeldKey Held { get; }

    /// <summary>The BIP-32 seed, 32 bytes.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Leased<SecretBytes> Seed { get; }

    /// <summary>The same key under its next policies.</summary>
    public VaultKey With(KeyEvidence evidence, PolicyChain policies) => new(evidence, Birth, policies, Seed);

    /// <summary>Name only.</summary>
    public override string ToString() => $"VaultKey({Birth.KeyId}, redacted)";
}
