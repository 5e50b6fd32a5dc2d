using System.Buffers.Binary;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Enclave;

/// <summary>
/// The secrets of a store while it is read or written: the D key's handle, the keys' seeds and shares, wrap keys, in locked memory only. Each
/// entry: kind (1) ‖ hash that names it (32) ‖ length (4) ‖ bytes.
/// </summary>
internal sealed class StoredSecrets : IDisposable
{
    private const byte DeviceKeyKind = 1;
    private const byte SeedKind = 2;
    private const byte SharesKind = 3;
    private const byte WrapKeyKind = 4;
    private const byte ChainKeyKind = 5;
    private const byte SharedShareKind = 6;
    private const int HeadSize = 1 + Hash256.Length + sizeof(uint);

    private readonly Dictionary<(byte Kind, Hash256 Name), SecretBytes> _entries = [];

    /// <summary>How many bytes <see cref="Write"/> appends.</summary>
    public static int SizeOf(VaultState state) =>
        (state.Identity?.Handle is { } handle ? HeadSize + handle.Length : 0) + state.Keys.All.Where(key => key.Shared is null).Sum(key => HeadSize + key.SecretLength)
        + (state.Keys.All.Count(key => key.Shared?.Secret is not null) * (HeadSize + PrimeGroup.ScalarLength))
        + (state.WrapKeys.Length * (HeadSize + WrapKey.Length)) + state.Chains.All.Sum(SizeOf);

    /// <summary>Appends all secrets of a state.</summary>
    public static void Write(SecretBuffer to, VaultState state)
    {
        if (state.Identity is { Handle: { } handle } identity) Append(to, DeviceKeyKind, identity.KeyHash, handle);
        foreach (var key in state.Keys.All)
        {
            if (key.Shared is { } part)
            {
                AppendShare(to, key, part);
                continue;
            }

            if (!key.Seed.TryTake(out var seed)) throw new InvalidOperationException("A key's seed is gone while the key is held.");
            using (seed) Append(to, KindOf(key.Birth), key.Hash, seed.Value);
        }

        foreach (var wrap in state.WrapKeys)
        {
            if (!wrap.Scalar.TryTake(out var scalar)) throw new InvalidOperationException("A wrap key is gone while it is waited for.");
            using (scalar) Append(to, WrapKeyKind, wrap.Statement.Hash(), scalar.Value);
        }

        foreach (var chain in state.Chains.All.Where(chain => !chain.IsRetired))
        {
            if (!chain.Key!.TryTake(out var key)) throw new InvalidOperationException("A chain's wrap key is gone while the chain is held.");
            using (key) Append(to, ChainKeyKind, chain.WrapKey.Hash, key.Value.Stored);
        }
    }

    /// <summary>Appends the share of a shared key alone, where it has one.</summary>
    public static void WriteShare(SecretBuffer to, VaultKey key) => AppendShare(to, key, key.Shared!);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Outcome<StoredSecrets> Read(ReadOnlySpan<byte> bytes)
    {
        var secrets = new StoredSecrets();
        while (bytes.Length > 0)
        {
            var length = bytes.Length < HeadSize ? -1L : BinaryPrimitives.ReadUInt32BigEndian(bytes[(HeadSize - sizeof(uint))..]);
            if (length < 1 || length > bytes.Length - HeadSize) return secrets.Tampered("a secret that is cut");

            var name = (bytes[0], new Hash256(bytes.Slice(1, Hash256.Length)));
            var secret = new SecretBytes((int)length);
            bytes.Slice(HeadSize, (int)length).CopyTo(secret.Span);
            if (!secrets._entries.TryAdd(name, secret))
            {
                secret.Dispose();
                return secrets.Tampered("a secret twice");
            }

            bytes = bytes[(HeadSize + (int)length)..];
        }

        return secrets;
    }

    /// <summary>The D key of an identity: null handles where a retired node has none.</summary>
    public Outcome<(IDeviceKey? Key, SecretBytes? Handle)> DeviceKey(DeviceKeyAlgorithm algorithm, CertificateKey expected, IVaultAdapter adapter)
    {
        if (!Enum.IsDefined(algorithm)) return Refused("a device key of an unknown algorithm");
        if (!_entries.Remove((DeviceKeyKind, new Hash256(expected.SpkiHash.Span)), out var handle)) return (null, null);
        if (!adapter.OpenDeviceKey(algorithm, handle).Is(out var key, out var refusal)) return refusal;
        return key.PublicKey.Equals(expected) ? (key, handle) : Refused("a device key that isn't the one it names");
    }

    /// <summary>The seed or shares of a key.</summary>
    public Outcome<SecretBytes> Seed(BirthRecord birth) =>
        _entries.Remove((KindOf(birth), birth.Hash()), out var seed) ? seed : Refused($"no secret of '{birth.KeyId}'");

    /// <summary>The share of a shared key.</summary>
    public Outcome<SecretBytes> Share(BirthRecord birth) =>
        _entries.Remove((SharedShareKind, birth.Hash()), out var share) ? share : Refused($"no share of '{birth.KeyId}'");

    /// <summary>The private half of a wrap key.</summary>
    public Outcome<WrapKey> Wrap(WrapKeyStatement statement) =>
        _entries.Remove((WrapKeyKind, statement.Hash()), out var scalar) ? new WrapKey(statement, new Leased<SecretBytes>(scalar)) : Refused("no wrap key");

    /// <summary>The private half of a chain's wrap key.</summary>
    public Outcome<ChainKey> Chain(WrapPublicKey wrapKey) =>
        _entries.Remove((ChainKeyKind, wrapKey.Hash), out var stored) ? ChainKey.Open(stored, wrapKey) : Refused("no wrap key for a chain of Trusts");

    /// <summary>Wipes what nobody asked for.</summary>
    public void Dispose()
    {
        foreach (var secret in _entries.Values) secret.Dispose();
        _entries.Clear();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "StoredSecrets(redacted)";

    private static int SizeOf(HeldChain chain)
    {
        if (chain.Key is null || !chain.Key.TryTake(out var key)) return 0;
        using (key) return HeadSize + key.Value.Stored.Length;
    }

    private static byte KindOf(BirthRecord birth) => birth.Kind switch
    {
        KeyKind.Bip32 => SeedKind,
        KeyKind.ThresholdEcdsa => SharesKind,
        _ => throw new InvalidOperationException("An unlisted kind of key."),
    };

    private static void AppendShare(SecretBuffer to, VaultKey key, SharedPart part)
    {
        if (part.Secret is not { } held) return;
        if (!held.TryTake(out var lease)) throw new InvalidOperationException("A share is gone while it is held.");
        using (lease)
        {
            using var share = lease.Value.Share.ToSecret();
            Append(to, SharedShareKind, key.Hash, share);
        }
    }

    private static void Append(SecretBuffer to, byte kind, Hash256 name, SecretBytes secret)
    {
        to.WriteByte(kind);
        to.Write(name.AsSpan());
        to.WriteUInt32((uint)secret.Length);
        to.Write(secret);
    }

    private static Refusal Refused(string what) => new(RefusalCode.StoreTampered, $"the store holds {what}");

    private Refusal Tampered(string what)
    {
        Dispose();
        return Refused(what);
    }
}
