using System.Runtime.InteropServices;

namespace VaultGrid.Enclave;

/// <summary>A structure of the TSS in native memory: larger than any that is used here, so nobody but the TSS has to know its layout.</summary>
internal sealed unsafe class TpmStructure : IDisposable
{
    // The largest, TPM2B_PRIVATE and TPM2B_PUBLIC, have some 1,300 bytes in the TSS of today.
    private const int Size = 8192;
    private const int WireLimit = 4096;

    private readonly void* _at = NativeMemory.AllocZeroed(Size);

    /// <summary>Reads the wire form with the TSS's own reader.</summary>
    public TpmStructure(ReadOnlySpan<byte> wire, delegate*<byte*, nuint, nuint*, void*, uint> read)
    {
        if (wire.Length > WireLimit) throw new AdapterException("a structure of the TPM is too long");
        nuint offset = 0;
        uint returned;
        fixed (byte* from = wire) returned = read(from, (nuint)wire.Length, &offset, _at);
        if (returned == 0 && offset == (nuint)wire.Length) return;
        Dispose();
        throw new AdapterException("a structure of the TPM can't be read");
    }

    /// <summary>For no value: all zero.</summary>
    public TpmStructure()
    {
    }

    public void* At => _at;

    /// <summary>The wire form of a structure that the TSS has made; it is freed.</summary>
    public static byte[] Take(void* made, delegate*<void*, byte*, nuint, nuint*, uint> write)
    {
        var wire = new byte[WireLimit];
        nuint offset = 0;
        uint returned;
        fixed (byte* to = wire) returned = write(made, to, (nuint)wire.Length, &offset);
        Esys.Free(made);
        Tss.Check(returned, "marshal");
        return wire[..(int)offset];
    }

    public void Dispose() => NativeMemory.Free(_at);
}
