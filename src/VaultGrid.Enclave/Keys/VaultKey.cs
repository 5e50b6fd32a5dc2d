using System.Diagnostics;

namespace VaultGrid.Enclave;

/// <summary>A key that this enclave holds: its evidence, its policies, its secret. Immutable; the secret is shared by all snapshots that have it.</summary>
[DebuggerDisplay("VaultKey({Birth.KeyId}, redacted)")]
internal sealed class VaultKey
{
    /// <summary>The version of the shares of keys that a dealer made.</summary>
    public const uint ShareVersion = 1;

    private byte[]? _stored;

    public VaultKey(KeyEvidence evidence, BirthRecord birth, PolicyChain policies, Leased<SecretBytes> seed, ThresholdPart? threshold = null)
    {
        (Evidence, Birth, Policies, Seed, Threshold) = (evidence, birth, policies, seed, threshold);
        Hash = birth.Hash();
        SecretLength = seed.TryTake(out var lease) ? lease.Value.Length : 0;
        lease.Dispose();
        Held = new HeldKey(birth.KeyId, birth.Kind, Hash, birth.Fingerprint, policies.CurrentHash, policies.Current.Number);
    }

    /// <summary>A key that nodes share.</summary>
    public VaultKey(KeyEvidence evidence, BirthRecord birth, PolicyChain policies, SharedPart shared)
        : this(evidence, birth, policies, Nothing()) => Shared = shared;

    /// <summary>The hash of the birth record: how requests name the key.</summary>
    public Hash256 Hash { get; }

    public BirthRecord Birth { get; }

    public KeyEvidence Evidence { get; }

    public PolicyChain Policies { get; }

    /// <summary>The key as a status tells it.</summary>
    public HeldKey Held { get; }

    /// <summary>What is stored and copied: the BIP-32 seed, 32 bytes; of a threshold key its manifest, T and P (<see cref="ThresholdPart"/>).</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Leased<SecretBytes> Seed { get; }

    /// <summary>Bytes of it. A length is not secret.</summary>
    public int SecretLength { get; }

    /// <summary>A threshold key's part, ready for use; null for a key of this cluster alone.</summary>
    public ThresholdPart? Threshold { get; }

    /// <summary>What this enclave has of a key that nodes share; null for every other key. Its share is not in <see cref="Seed"/>, and is never copied.</summary>
    public SharedPart? Shared { get; }

    /// <summary>How it is stored, encoded at the first call and the same bytes ever after: nothing of it changes.</summary>
    public byte[] Stored(Func<VaultKey, byte[]> encode) => _stored ??= encode(this);

    /// <summary>The version of its shares.</summary>
    public uint Version => Shared?.Number ?? ShareVersion;

    /// <summary>Takes a key as it was stored or copied: what the evidence names has to be what the secret leads to.</summary>
    /// <param name="evidence">The evidence, verified.</param>
    /// <param name="birth">Its birth record.</param>
    /// <param name="policies">Its policies.</param>
    /// <param name="secret">The secret; it belongs to the key, and is wiped where the key is refused.</param>
    /// <param name="cluster">This enclave's cluster.</param>
    public static Outcome<VaultKey> Open(KeyEvidence evidence, BirthRecord birth, PolicyChain policies, SecretBytes secret, ClusterId cluster)
    {
        var opened = birth.Kind switch
        {
            KeyKind.Bip32 => RootSeed.Fingerprint(secret).Then<(Hash256, ThresholdPart?)>(fingerprint => (fingerprint, null)),
            KeyKind.ThresholdEcdsa => ThresholdPart.Open(secret, evidence, cluster).Then<(Hash256, ThresholdPart?)>(part => (part.Fingerprint, part)),
            _ => throw new InvalidOperationException("An unlisted kind of key."),
        };
        if (opened.Is(out var found, out var refusal))
        {
            var (fingerprint, part) = found;
            if (fingerprint == birth.Fingerprint) return new VaultKey(evidence, birth, policies, new Leased<SecretBytes>(secret), part);
            part?.Close();
            refusal = new Refusal(RefusalCode.InputMalformed, $"the secret of '{birth.KeyId}' isn't the one that its birth record names");
        }

        secret.Dispose();
        return refusal;
    }

    /// <summary>No new uses; wiped when the last has ended.</summary>
    public void Close()
    {
        Seed.Close();
        Threshold?.Close();
        Shared?.Close();
    }

    /// <summary>The same key under its next policies.</summary>
    public VaultKey With(KeyEvidence evidence, PolicyChain policies) =>
        Shared is { } shared ? new(evidence, Birth, policies, shared) : new(evidence, Birth, policies, Seed, Threshold);

    /// <summary>The same shared key, in another version or state.</summary>
    public VaultKey With(SharedPart shared) => new(Evidence, Birth, Policies, shared);

    private static Leased<SecretBytes> Nothing()
    {
        var none = new Leased<SecretBytes>(new SecretBytes(1));
        none.Close();
        return none;
    }

    /// <summary>Name only.</summary>
    public override string ToString() => $"VaultKey({Birth.KeyId}, redacted)";
}
