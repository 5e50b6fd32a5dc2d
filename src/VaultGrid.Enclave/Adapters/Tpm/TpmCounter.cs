using System.Buffers.Binary;

namespace VaultGrid.Enclave;

/// <summary>
/// An NV counter: it only goes up, by one, for the life of the TPM's owner hierarchy. One that is deleted and made again starts above every
/// counter that the TPM ever had (TPM 2.0 Library part 1, §37.2.4), so deleting it takes nothing back.
/// </summary>
internal sealed unsafe class TpmCounter(Tpm tpm, uint index)
{
    /// <summary>The first of the indexes that belong to the owner.</summary>
    public const uint First = 0x01800000;

    /// <summary>The last of the indexes that belong to the owner.</summary>
    public const uint Last = 0x01BFFFFF;

    /// <summary>The one that is used where none is named.</summary>
    public const uint Usual = 0x01805647;

    /// <summary>TPMA_NV: a counter; read and raised with its own, empty authorisation; outside of the dictionary-attack protection.</summary>
    public const uint Attributes = (CounterType << 4) | (1 << 2) | (1 << 18) | (1 << 25);

    private const uint CounterType = 1;
    private const uint Written = 1 << 29;

    public uint Index => index;

    /// <summary>What it counts to; makes it and raises it once where there is none.</summary>
    /// <exception cref="IOException">The TPM refuses, or the index is in use for something that could be taken back.</exception>
    public ulong Read() => tpm.WithNv(esys =>
    {
        var handle = Find(esys) ?? Define(esys);
        try
        {
            if (!IsWritten(esys, handle)) Tss.Check(Esys.Increment(esys, handle, handle, Esys.Password, Esys.None, Esys.None), "TPM2_NV_Increment");
            return Value(esys, handle);
        }
        finally
        {
            _ = Esys.Close(esys, ref handle);
        }
    });

    /// <summary>Raises it by one.</summary>
    /// <returns>What it counts to then.</returns>
    public ulong Increment() => tpm.WithNv(esys =>
    {
        var handle = Find(esys) ?? throw new AdapterException($"the TPM's NV counter 0x{index:x8} is gone");
        try
        {
            _ = IsWritten(esys, handle);
            Tss.Check(Esys.Increment(esys, handle, handle, Esys.Password, Esys.None, Esys.None), "TPM2_NV_Increment");
            return Value(esys, handle);
        }
        finally
        {
            _ = Esys.Close(esys, ref handle);
        }
    });

    private static ulong Value(EsysHandle esys, uint handle)
    {
        void* data;
        Tss.Check(Esys.Read(esys, handle, handle, Esys.Password, Esys.None, Esys.None, sizeof(ulong), 0, &data), "TPM2_NV_Read");
        var length = *(ushort*)data;
        var value = length == sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(new ReadOnlySpan<byte>((byte*)data + sizeof(ushort), length)) : 0;
        Esys.Free(data);
        return length == sizeof(ulong) ? value : throw new AdapterException($"the TPM's NV counter has {length} bytes");
    }

    private uint? Find(EsysHandle esys)
    {
        var returned = Esys.FromTpmPublic(esys, index, Esys.None, Esys.None, Esys.None, out var handle);
        if (Tss.Code(returned) == Tss.Handle) return null;
        Tss.Check(returned, "TPM2_NV_ReadPublic");
        return handle;
    }

    private uint Define(EsysHandle esys)
    {
        using var auth = new TpmStructure();
        using var open = new TpmStructure(TpmTemplates.Counter(index), &Mu.ReadNvPublic);
        Tss.Check(Esys.DefineSpace(esys, Esys.Owner, Esys.Password, Esys.None, Esys.None, auth.At, open.At, out var handle), "TPM2_NV_DefineSpace");
        return handle;
    }

    // Also looks whether it is a counter and nothing else: any other index could be written back to what it was.
    private bool IsWritten(EsysHandle esys, uint handle)
    {
        void* open, name;
        Tss.Check(Esys.ReadPublic(esys, handle, Esys.None, Esys.None, Esys.None, &open, &name), "TPM2_NV_ReadPublic");
        Esys.Free(name);
        var outer = new WireReader(TpmStructure.Take(open, &Mu.WriteNvPublic));
        var reader = new WireReader(TpmWire.Sized(ref outer));
        var (found, hash, attributes) = (reader.U32(), TpmWire.U16(ref reader), reader.U32());
        var (policy, size) = (TpmWire.Sized(ref reader).Length, TpmWire.U16(ref reader));
        var fits = reader.End("an NV index", out _) && found == index && hash == TpmTemplates.Sha256 && policy == 0 && size == sizeof(ulong);
        if (!fits || (attributes & ~Written) != Attributes)
            throw new AdapterException($"the TPM's NV index 0x{index:x8} is in use for something else than an enclave's counter: choose another --tpm-nv-index");
        return (attributes & Written) != 0;
    }
}
