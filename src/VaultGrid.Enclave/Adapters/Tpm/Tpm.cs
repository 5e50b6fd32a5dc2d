using System.Buffers.Binary;
using VaultGrid.Enclave.Native;

namespace VaultGrid.Enclave;

/// <summary>
/// A TPM 2.0 that this process talks to. A TPM does one thing at a time and often takes one caller only: so everybody in a process shares one
/// connection, and a lock. Objects are wrapped by a storage key that the TPM derives anew at each start.
/// </summary>
internal sealed unsafe class Tpm : IDisposable
{
    private const byte HmacSession = 0;
    private const byte PolicySession = 1;
    private const byte TrialSession = 3;
    private const byte ContinueSession = 0x01;
    private const byte HideCommand = 0x20;
    private const byte HideResponse = 0x40;
    private const uint Handles = 1;
    private const uint TransientObjects = 0x80000000;

    private static readonly Lock Registry = new();
    private static readonly Dictionary<string, Tpm> Connected = [];

    private readonly Lock _gate = new();
    private readonly TctiHandle _tcti;
    private readonly EsysHandle _esys;
    private readonly uint _storage;
    private int _users = 1;
    private (TpmBlob Blob, uint Handle)? _loaded;

    private Tpm(string name)
    {
        Name = name;

        // The TSS writes to standard error by itself, also what is no error here; whoever wants it sets TSS2_LOG.
        _ = Posix.SetVariable("TSS2_LOG", "all+none", 0);
        _tcti = TctiHandle.Open(name);
        try
        {
            Tss.Check(Esys.Initialize(out var context, _tcti, null), "Esys_Initialize");
            _esys = new EsysHandle(context);
            FlushLeftovers();
            _storage = CreateStorageKey();
        }
        catch
        {
            _esys?.Dispose();
            _tcti.Dispose();
            throw;
        }
    }

    /// <summary>Where it is: a TCTI name.</summary>
    public string Name { get; }

    /// <summary>Connects, or shares the connection; <c>store.sealed</c> with what to do where that fails.</summary>
    public static Outcome<Tpm> Open(string name)
    {
        lock (Registry)
        {
            if (Connected.TryGetValue(name, out var tpm))
            {
                tpm._users++;
                return tpm;
            }

            try
            {
                return Connected[name] = new Tpm(name);
            }
            catch (IOException failed)
            {
                return new Refusal(RefusalCode.StoreSealed, $"the TPM at {name} can't be used: {failed.Message}");
            }
            catch (DllNotFoundException missing)
            {
                return new Refusal(RefusalCode.StoreSealed, $"the TPM software stack is missing (packages libtss2-esys-3.0.2-0, libtss2-tctildr0 and libtss2-tcti-device0): {missing.Message.Split('\n')[0]}");
            }
        }
    }

    /// <summary>Seals a secret so that it opens only while the PCRs have the values they have now.</summary>
    public TpmBlob Seal(SecretBytes secret, TpmPcrs pcrs)
    {
        lock (_gate)
        {
            RequireBank(pcrs);
            byte[] policy;
            using (var trial = StartSession(TrialSession, 0))
            {
                ApplyPcrs(trial, pcrs);
                void* digest;
                Tss.Check(Esys.PolicyGetDigest(_esys, trial.Handle, Esys.None, Esys.None, Esys.None, &digest), "TPM2_PolicyGetDigest");
                policy = Sized(digest);
            }

            return Create(TpmTemplates.SealedData(policy), secret);
        }
    }

    /// <summary>Opens what <see cref="Seal"/> sealed.</summary>
    /// <exception cref="TssException">The PCRs have other values, or another TPM made it.</exception>
    public SecretBytes Unseal(TpmBlob blob, TpmPcrs pcrs)
    {
        lock (_gate)
        {
            var item = Load(blob);
            try
            {
                // The answer travels encrypted to this process: who listens on the bus learns nothing.
                using var policy = StartSession(PolicySession, HideResponse | ContinueSession);
                ApplyPcrs(policy, pcrs);
                void* data;
                Tss.Check(Esys.Unseal(_esys, item, policy.Handle, Esys.None, Esys.None, &data), "TPM2_Unseal");
                var sealedData = new Span<byte>((byte*)data + sizeof(ushort), *(ushort*)data);
                try
                {
                    return SecretBytes.Take(sealedData);
                }
                finally
                {
                    Esys.Free(data);
                }
            }
            finally
            {
                Flush(item);
            }
        }
    }

    /// <summary>Makes a signing key.</summary>
    public TpmBlob CreateKey(bool rsa)
    {
        lock (_gate) return Create(TpmTemplates.DeviceKey(rsa), null);
    }

    /// <summary>Loads a key once, to see that this TPM made it.</summary>
    public void Check(TpmBlob key)
    {
        lock (_gate) _ = Loaded(key);
    }

    /// <summary>Signs a hash: TPMT_SIGNATURE in wire form.</summary>
    public byte[] Sign(TpmBlob key, ReadOnlySpan<byte> hash)
    {
        lock (_gate)
        {
            using var digest = new TpmStructure(new WireWriter().Sized(hash).Written, &Mu.ReadDigest);
            using var scheme = new TpmStructure(new WireWriter().U16(TpmTemplates.Null).Written, &Mu.ReadScheme);

            // No ticket: TPM_ST_HASHCHECK of the null hierarchy, for a key that is not restricted.
            using var ticket = new TpmStructure(new WireWriter().U16(0x8024).U32(0x40000007).Sized([]).Written, &Mu.ReadHashTicket);
            void* signature;
            Tss.Check(Esys.Sign(_esys, Loaded(key), Esys.Password, Esys.None, Esys.None, digest.At, scheme.At, ticket.At, &signature), "TPM2_Sign");
            return TpmStructure.Take(signature, &Mu.WriteSignature);
        }
    }

    /// <summary>Quotes PCRs over data of the caller's choice (TPM2_Quote).</summary>
    public TpmQuote Quote(Hash256 data, TpmPcrs pcrs)
    {
        lock (_gate)
        {
            RequireBank(pcrs);
            Unload();
            var key = CreatePrimary(TpmTemplates.QuoteKey(), out var publicArea);
            try
            {
                // TPM2B_DATA and TPM2B_DIGEST are both a length and bytes.
                using var extra = new TpmStructure(new WireWriter().Sized(data.AsSpan()).Written, &Mu.ReadDigest);
                using var scheme = new TpmStructure(new WireWriter().U16(TpmTemplates.Null).Written, &Mu.ReadScheme);
                using var selection = new TpmStructure(TpmTemplates.Selection(pcrs), &Mu.ReadSelection);
                void* quoted, signature;
                Tss.Check(Esys.Quote(_esys, key, Esys.Password, Esys.None, Esys.None, extra.At, scheme.At, selection.At, &quoted, &signature), "TPM2_Quote");
                return new TpmQuote(Sized(quoted), TpmStructure.Take(signature, &Mu.WriteSignature), publicArea);
            }
            finally
            {
                Flush(key);
            }
        }
    }

    /// <summary>Does something with the TPM's NV memory, alone.</summary>
    public T WithNv<T>(Func<EsysHandle, T> work)
    {
        lock (_gate) return work(_esys);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (Registry)
        {
            if (--_users > 0) return;
            Connected.Remove(Name);
        }

        lock (_gate)
        {
            Unload();
            Flush(_storage);
            _esys.Dispose();
            _tcti.Dispose();
        }
    }

    /// <summary>The name only.</summary>
    public override string ToString() => $"Tpm({Name})";

    private static byte[] Sized(void* sized) => Copy(new ReadOnlySpan<byte>((byte*)sized + sizeof(ushort), *(ushort*)sized), sized);

    private static byte[] Copy(ReadOnlySpan<byte> bytes, void* made)
    {
        var copy = bytes.ToArray();
        Esys.Free(made);
        return copy;
    }

    private uint CreateStorageKey() => CreatePrimary(TpmTemplates.StorageKey(), out _);

    private uint CreatePrimary(byte[] area, out byte[] publicArea)
    {
        using var template = new TpmStructure(area, &Mu.ReadPublic);
        using var sensitive = new TpmStructure();
        using var nothing = new TpmStructure();
        void* open, creation, hash, ticket;
        Tss.Check(
            Esys.CreatePrimary(_esys, Esys.Owner, Esys.Password, Esys.None, Esys.None, sensitive.At, template.At, nothing.At, nothing.At, out var handle, &open, &creation, &hash, &ticket),
            "TPM2_CreatePrimary");
        publicArea = TpmStructure.Take(open, &Mu.WritePublic);
        Free(creation, hash, ticket);
        return handle;
    }

    private TpmBlob Create(byte[] template, SecretBytes? secret)
    {
        using var open = new TpmStructure(template, &Mu.ReadPublic);
        using var nothing = new TpmStructure();
        using var sensitive = Sensitive(secret);
        using var session = StartSession(HmacSession, HideCommand | ContinueSession);
        void* wrapped, made, creation, hash, ticket;
        uint returned;
        fixed (byte* at = sensitive.Span)
        {
            returned = Esys.Create(
                _esys, _storage, Esys.Password, session.Handle, Esys.None, at, open.At, nothing.At, nothing.At, &wrapped, &made, &creation, &hash, &ticket);
        }

        Tss.Check(returned, "TPM2_Create");
        Free(creation, hash, ticket);
        return new TpmBlob(TpmStructure.Take(made, &Mu.WritePublic), TpmStructure.Take(wrapped, &Mu.WritePrivate));
    }

    // TPM2B_SENSITIVE_CREATE as the TSS lays it out, in locked memory: no authorisation, and what is to be sealed.
    private static SecretBytes Sensitive(SecretBytes? secret)
    {
        var length = secret?.Length ?? 0;
        using var wire = new SecretBytes(6 + length);
        BinaryPrimitives.WriteUInt16BigEndian(wire.Span, (ushort)(4 + length));
        BinaryPrimitives.WriteUInt16BigEndian(wire.Span[4..], (ushort)length);
        secret?.CopyTo(wire.Span[6..]);

        var structure = new SecretBytes(1024);
        nuint offset = 0;
        uint returned;
        fixed (byte* from = wire.Span, to = structure.Span) returned = Mu.ReadSensitive(from, (nuint)wire.Length, &offset, to);
        if (returned == 0) return structure;
        structure.Dispose();
        throw new TssException(returned, "Tss2_MU_TPM2B_SENSITIVE_CREATE_Unmarshal");
    }

    private uint Load(TpmBlob blob)
    {
        using var wrapped = new TpmStructure(blob.Wrapped.Span, &Mu.ReadPrivate);
        using var open = new TpmStructure(blob.Public.Span, &Mu.ReadPublic);
        Unload();
        Tss.Check(Esys.Load(_esys, _storage, Esys.Password, Esys.None, Esys.None, wrapped.At, open.At, out var handle), "TPM2_Load");
        return handle;
    }

    // A TPM has room for some three objects: the storage key, the key in use, and one to spare.
    private uint Loaded(TpmBlob key)
    {
        if (_loaded is { } loaded && ReferenceEquals(loaded.Blob, key)) return loaded.Handle;
        var handle = Load(key);
        _loaded = (key, handle);
        return handle;
    }

    private void Unload()
    {
        if (_loaded is { } loaded) Flush(loaded.Handle);
        _loaded = null;
    }

    private void Flush(uint handle) => _ = Esys.FlushContext(_esys, handle);

    private TpmSession StartSession(byte type, byte attributes)
    {
        using var symmetric = new TpmStructure(type == TrialSession ? new WireWriter().U16(TpmTemplates.Null).ToArray() : TpmTemplates.Symmetric(), &Mu.ReadSymmetric);
        var key = type == TrialSession ? Esys.None : _storage;
        Tss.Check(
            Esys.StartAuthSession(_esys, key, Esys.None, Esys.None, Esys.None, Esys.None, null, type, symmetric.At, TpmTemplates.Sha256, out var handle),
            "TPM2_StartAuthSession");
        var session = new TpmSession(_esys, handle);
        if (attributes == 0) return session;
        var returned = Esys.SetSessionAttributes(_esys, handle, attributes, 0xff);
        if (returned == 0) return session;
        session.Dispose();
        throw new TssException(returned, "Esys_TRSess_SetAttributes");
    }

    private void ApplyPcrs(TpmSession session, TpmPcrs pcrs)
    {
        using var selection = new TpmStructure(TpmTemplates.Selection(pcrs), &Mu.ReadSelection);
        Tss.Check(Esys.PolicyPcr(_esys, session.Handle, Esys.None, Esys.None, Esys.None, null, selection.At), "TPM2_PolicyPCR");
    }

    // A register that the TPM doesn't keep is left out of a policy without a word: the seal would hold less than was asked for.
    private void RequireBank(TpmPcrs pcrs)
    {
        foreach (var each in pcrs.Each())
        {
            using var selection = new TpmStructure(TpmTemplates.Selection(each), &Mu.ReadSelection);
            uint updates;
            void* read, values;
            Tss.Check(Esys.PcrRead(_esys, Esys.None, Esys.None, Esys.None, selection.At, &updates, &read, &values), "TPM2_PCR_Read");
            Free(read);
            var digests = TpmStructure.Take(values, &Mu.WriteDigests);
            if (digests.Length != 4 + 2 + Hash256.Length) throw new AdapterException($"the TPM keeps no PCR {each} in its SHA-256 bank");
        }
    }

    // What an enclave that was killed left behind. A resource manager shows each caller its own objects only; without one there is only one caller.
    private void FlushLeftovers()
    {
        byte more;
        void* data;
        Tss.Check(Esys.GetCapability(_esys, Esys.None, Esys.None, Esys.None, Handles, TransientObjects, 32, &more, &data), "TPM2_GetCapability");

        // TPMS_CAPABILITY_DATA { UINT32 capability; TPML_HANDLE { UINT32 count; UINT32 handle[]; } }
        var count = ((uint*)data)[1];
        for (var i = 0u; i < count; i++)
        {
            if (Esys.FromTpmPublic(_esys, ((uint*)data)[2 + i], Esys.None, Esys.None, Esys.None, out var handle) == 0) Flush(handle);
        }

        Free(data);
    }

    private static void Free(void* a, void* b = null, void* c = null, void* d = null)
    {
        Esys.Free(a);
        Esys.Free(b);
        Esys.Free(c);
        Esys.Free(d);
    }
}
