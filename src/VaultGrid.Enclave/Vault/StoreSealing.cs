namespace VaultGrid.Enclave;

/// <summary>Seals states into the bytes of a store's file and opens them: AES-256-GCM under a key derived from the adapter's, the head as additional data.</summary>
/// <remarks>Sealed plaintext: <c>length (4) ‖ versioned part ‖ length (4) ‖ unversioned part ‖ secrets</c>; the unversioned part holds alarm counters, in format 1 nothing, from format 3 on <see cref="StoreSections"/>.</remarks>
internal sealed class StoreSealing : IDisposable
{
    private readonly string _adapter;
    private readonly byte[] _parameters;
    private readonly Hash256 _salt;
    private readonly Hash256 _check;
    private readonly SecretBytes _key;

    // Room that stays from one sealing to the next: a store with many keys is megabytes, and would be so much to be given back each time.
    private SecretBuffer? _plaintext;
    private byte[] _file = [];

    private StoreSealing(string adapter, ReadOnlyMemory<byte> parameters, Hash256 salt, SecretBytes master)
    {
        (_adapter, _parameters, _salt) = (adapter, parameters.ToArray(), salt);
        using (master)
        {
            _key = HkdfSha256.Derive(master, salt.AsSpan(), "VaultGrid/v1/store-seal\0"u8, Aes256Gcm.KeyLength);
            using var check = HkdfSha256.Derive(master, salt.AsSpan(), "VaultGrid/v1/store-check\0"u8, Hash256.Length);

            // Derived one way and stored in the clear, so that a wrong key is told from a changed store.
            _check = new Hash256(check.Span);
        }
    }

    /// <summary>For a store that doesn't exist yet.</summary>
    public static Outcome<StoreSealing> Create(IVaultAdapter adapter)
    {
        var parameters = adapter.NewParameters();
        using var salt = SecretBytes.Random(Hash256.Length);
        return adapter.SealingKey(parameters).Is(out var master, out var refusal)
            ? new StoreSealing(adapter.Kind, parameters, new Hash256(salt.Span), master)
            : refusal;
    }

    /// <summary>Opens a store's bytes; <c>store.truncated</c>, <c>store.tampered</c>, <c>store.version</c>, <c>store.sealed</c>.</summary>
    public static Outcome<(StoreSealing Sealing, VaultState State)> Open(ReadOnlySpan<byte> file, IVaultAdapter adapter)
    {
        if (!StoreHeader.Read(file, out var headSize).Is(out var header, out var refusal)) return refusal;
        if (header.Adapter != adapter.Kind)
            return new Refusal(RefusalCode.StoreSealed, $"the store is sealed by the adapter '{header.Adapter}', not by '{adapter.Kind}'");
        var sealedBytes = file[headSize..];
        if (sealedBytes.Length < header.SealedLength)
            return new Refusal(RefusalCode.StoreTruncated, $"the store is cut: {header.SealedLength - sealedBytes.Length} bytes are missing at its end");
        if (sealedBytes.Length > header.SealedLength) return Tampered("bytes follow its end");

        if (!adapter.SealingKey(header.Parameters.Span).Is(out var master, out refusal)) return refusal;
        var sealing = new StoreSealing(header.Adapter, header.Parameters, header.Salt, master);
        var state = sealing._check == header.KeyCheck
            ? sealing.Open(file[..headSize], sealedBytes, header.Format, adapter)
            : new Refusal(RefusalCode.StoreSealed, "the store is sealed under another key or passphrase");
        if (state.Is(out var opened, out refusal))
            return opened.Version == header.Version ? (sealing, opened) : sealing.Closed(Tampered("head and content have different versions"));
        return sealing.Closed(refusal);
    }

    /// <summary>Seals a state. One caller at a time.</summary>
    /// <returns>The whole file; valid until the next sealing.</returns>
    public ReadOnlyMemory<byte> Seal(VaultState state, ReadOnlySpan<byte> versionedPart)
    {
        var unversioned = UnversionedPart.Write(state);
        var plaintext = RoomFor((2 * sizeof(uint)) + versionedPart.Length + unversioned.Length + StoredSecrets.SizeOf(state) + 1);
        try
        {
            plaintext.WriteUInt32((uint)versionedPart.Length);
            plaintext.Write(versionedPart);
            plaintext.WriteUInt32((uint)unversioned.Length);
            plaintext.Write(unversioned);
            StoredSecrets.Write(plaintext, state);

            var sealedLength = plaintext.Length + Aes256Gcm.Overhead;
            var header = new StoreHeader(_adapter, _parameters, _salt, state.Version, _check, (uint)sealedLength, StoreFormat.For(state)).ToBytes();
            var length = header.Length + sealedLength;
            if (_file.Length < length) _file = new byte[WithSpare(length)];
            header.CopyTo(_file, 0);
            Aes256Gcm.Seal(_key, plaintext, header, _file.AsSpan(header.Length, sealedLength));
            return _file.AsMemory(0, length);
        }
        finally
        {
            plaintext.Clear();
        }
    }

    /// <summary>A key for a journal beside the store, which so belongs to this store and no other.</summary>
    /// <param name="epoch">What tells one life of the journal from the others.</param>
    public SecretBytes JournalKey(Hash256 epoch) => HkdfSha256.Derive(_key, epoch.AsSpan(), "VaultGrid/v1/ceremony-journal\0"u8, Aes256Gcm.KeyLength);

    /// <summary>A key for the steps beside the store's file.</summary>
    /// <param name="epoch">The hash of that file.</param>
    public SecretBytes StepsKey(Hash256 epoch) => HkdfSha256.Derive(_key, epoch.AsSpan(), "VaultGrid/v1/store-steps\0"u8, Aes256Gcm.KeyLength);

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        _plaintext?.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "StoreSealing(redacted)";

    // Locked memory is scarce: what is too small is given back first, and never grows by itself.
    private SecretBuffer RoomFor(int length)
    {
        if (_plaintext is { } there && there.Capacity >= length) return there;
        _plaintext?.Dispose();
        _plaintext = null;
        return _plaintext = new SecretBuffer(WithSpare(length));
    }

    private static int WithSpare(int length) => length + (length / 8) + 1024;

    private Outcome<VaultState> Open(ReadOnlySpan<byte> head, ReadOnlySpan<byte> sealedBytes, uint format, IVaultAdapter adapter)
    {
        if (!Aes256Gcm.Open(_key, sealedBytes, head).Is(out var plaintext, out _)) return Tampered("its content does not authenticate");
        using (plaintext)
        {
            ReadOnlySpan<byte> rest = plaintext.Span;
            if (!LengthPrefix.TryCut(ref rest, out var versioned) || !LengthPrefix.TryCut(ref rest, out var unversioned)) return Tampered("its parts do not fit");
            if (!StoredSecrets.Read(rest).Is(out var secrets, out var refusal)) return refusal;
            using (secrets)
            {
                if (!VersionedPart.Read(versioned, format, secrets, adapter).Is(out var state, out refusal)) return AsTampered(refusal);
                return UnversionedPart.Read(unversioned, format, state).Is(out state, out refusal) ? state : AsTampered(refusal);
            }
        }
    }

    // Whatever is wrong inside what this key sealed is a fault of the store, not of an input.
    private static Refusal AsTampered(Refusal refusal) =>
        refusal.Code is RefusalCode.StoreTampered or RefusalCode.StoreSealed ? refusal : Tampered(refusal.Detail);

    private static Refusal Tampered(string why) => new(RefusalCode.StoreTampered, $"the store was changed: {why}");

    private Refusal Closed(Refusal refusal)
    {
        Dispose();
        return refusal;
    }
}
