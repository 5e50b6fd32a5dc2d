namespace VaultGrid.Enclave;

/// <summary>
/// The adapter over a TPM 2.0. The store's sealing key is random and sealed by the TPM to the values of PCRs; the D key is made by the TPM, wrapped
/// for it alone, and signs there; an NV counter guards the store's version.
/// </summary>
/// <remarks>Handle of a D key: 4 (1), TPM2B_PUBLIC and TPM2B_PRIVATE, each behind its length.</remarks>
internal sealed class TpmAdapter : IVaultAdapter
{
    private const byte Form = 4;

    private readonly Tpm _tpm;
    private readonly TpmPcrs _pcrs;
    private ulong? _base;

    private TpmAdapter(Tpm tpm, TpmPcrs pcrs, uint index) => (_tpm, _pcrs, Counter) = (tpm, pcrs, new TpmCounter(tpm, index));

    /// <inheritdoc/>
    public string Kind => "tpm";

    /// <summary>The counter that guards the store's version.</summary>
    public TpmCounter Counter { get; }

    /// <summary>Where the counter stood when the store was begun.</summary>
    public ulong Base => _base ?? throw new InvalidOperationException("The store is neither begun nor opened.");

    /// <summary>Connects to a TPM; <c>store.sealed</c> with what to do where that fails.</summary>
    /// <param name="tcti">The way to it: <c>device:/dev/tpmrm0</c>.</param>
    /// <param name="pcrs">What a new store is sealed to; a store that exists must be sealed to the same.</param>
    /// <param name="index">The NV index of the counter.</param>
    public static Outcome<TpmAdapter> Open(string tcti, TpmPcrs pcrs, uint index) =>
        Tpm.Open(tcti).Is(out var tpm, out var refusal) ? new TpmAdapter(tpm, pcrs, index) : refusal;

    /// <summary>The version guard for the store at a path.</summary>
    public TpmVersionGuard Guard(string storePath) => new(this, storePath);

    /// <inheritdoc/>
    public byte[] NewParameters()
    {
        using var master = SecretBytes.Random(Aes256Gcm.KeyLength);
        _base = Counter.Read();
        return new TpmParameters(_pcrs, Counter.Index, Base, _tpm.Seal(master, _pcrs)).ToBytes();
    }

    /// <inheritdoc/>
    public Outcome<SecretBytes> SealingKey(ReadOnlySpan<byte> parameters)
    {
        if (!Adopt(parameters).Is(out var read, out var refusal)) return refusal;
        try
        {
            var master = _tpm.Unseal(read.Sealed, read.Pcrs);
            if (master.Length == Aes256Gcm.KeyLength) return master;
            master.Dispose();
            return Sealed("the TPM unsealed something else than a key");
        }
        catch (TssException failed) when (failed.Code is Tss.PolicyFail or Tss.PcrChanged)
        {
            return Sealed($"the store is sealed to other values of PCR {read.Pcrs} than they have now: firmware, boot loader or what else they measure has changed; "
                + "start what was there before, or replace the node");
        }
        catch (TssException failed) when (failed.Code == Tss.Integrity)
        {
            return Sealed("another TPM sealed the store, or this one was cleared since: replace the node");
        }
        catch (IOException failed)
        {
            return Sealed($"the TPM can't unseal the store: {failed.Message}");
        }
    }

    /// <inheritdoc/>
    public SecretBytes CreateDeviceKey(DeviceKeyAlgorithm algorithm)
    {
        var writer = new WireWriter().U8(Form);
        _tpm.CreateKey(IsRsa(algorithm)).Write(writer);
        return SecretBytes.Take(writer.ToArray());
    }

    /// <inheritdoc/>
    public Outcome<IDeviceKey> OpenDeviceKey(DeviceKeyAlgorithm algorithm, SecretBytes handle)
    {
        // What lies here is wrapped by the TPM, so it is no secret of ours.
        var bytes = new byte[handle.Length];
        handle.CopyTo(bytes);
        if (bytes[0] != Form) return Foreign("its handle is not a TPM's");
        var reader = new WireReader(bytes.AsSpan(1));
        var blob = TpmBlob.Read(ref reader);
        if (!reader.End("its handle", out var refusal)) return Foreign(refusal.Detail);

        var rsa = IsRsa(algorithm);
        if (TpmTemplates.KeyInfo(blob.Public.Span, rsa) is not { } spki) return Foreign("it is of another kind");
        if (!CertificateKey.Parse(spki).Is(out var publicKey, out refusal)) return Foreign(refusal.Detail);
        try
        {
            _tpm.Check(blob);
            return new TpmDeviceKey(_tpm, blob, rsa, publicKey);
        }
        catch (IOException failed)
        {
            return Foreign(failed.Message);
        }
    }

    /// <inheritdoc/>
    public TpmQuote? Quote(Hash256 data) => _tpm.Quote(data, _pcrs);

    /// <inheritdoc/>
    /// <remarks>The wrapped key lies in the store only, which is rewritten without it.</remarks>
    public void DestroyDeviceKey(DeviceKeyAlgorithm algorithm, SecretBytes handle) => handle.Dispose();

    /// <inheritdoc/>
    public void Dispose() => _tpm.Dispose();

    /// <summary>
    /// Takes a store's parameters for those of the store that is being opened. They are read twice, by the guard and by the sealing, and only the
    /// second reading is authenticated: so both must be the same.
    /// </summary>
    public Outcome<TpmParameters> Adopt(ReadOnlySpan<byte> parameters)
    {
        if (!TpmParameters.Read(parameters).Is(out var read, out var refusal)) return refusal;
        if (read.Index != Counter.Index)
            return new Refusal(RefusalCode.StoreVersion, $"the store's counter has the NV index 0x{read.Index:x8}, not 0x{Counter.Index:x8}: give --tpm-nv-index 0x{read.Index:x8}");
        if (read.Pcrs != _pcrs) return Sealed($"the store is sealed to PCR {read.Pcrs}, not to {_pcrs}: give --tpm-pcrs {read.Pcrs}");
        if (_base is { } known && known != read.Base) return new Refusal(RefusalCode.StoreTampered, "the store was changed while it was read");
        _base = read.Base;
        return read;
    }

    private static bool IsRsa(DeviceKeyAlgorithm algorithm) => algorithm switch
    {
        DeviceKeyAlgorithm.P256 => false,
        DeviceKeyAlgorithm.Rsa3072 => true,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not a device key algorithm."),
    };

    private static Refusal Foreign(string why) => Sealed($"the store's device key can't be used: {why}");

    private static Refusal Sealed(string detail) => new(RefusalCode.StoreSealed, detail);
}
