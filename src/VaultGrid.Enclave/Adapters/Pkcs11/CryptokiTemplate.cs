using System.Runtime.InteropServices;

namespace VaultGrid.Enclave;

/// <summary>A list of attributes in native memory, for making and finding objects. Never holds a secret.</summary>
internal sealed unsafe class CryptokiTemplate : IDisposable
{
    private const int Most = 16;

    private readonly CkAttribute* _attributes = (CkAttribute*)NativeMemory.AllocZeroed(Most, (nuint)sizeof(CkAttribute));

    public CkAttribute* Attributes => _attributes;

    public nuint Count { get; private set; }

    public CryptokiTemplate Flag(nuint type, bool value) => Bytes(type, [value ? (byte)1 : (byte)0]);

    public CryptokiTemplate Number(nuint type, nuint value) => Bytes(type, MemoryMarshal.AsBytes(new ReadOnlySpan<nuint>(in value)));

    public CryptokiTemplate Bytes(nuint type, ReadOnlySpan<byte> value)
    {
        if (Count == Most) throw new InvalidOperationException("A template is full.");
        var copy = NativeMemory.Alloc((nuint)Math.Max(1, value.Length));
        value.CopyTo(new Span<byte>(copy, value.Length));
        _attributes[Count++] = new CkAttribute { Type = type, Value = copy, Length = (nuint)value.Length };
        return this;
    }

    public void Dispose()
    {
        for (nuint i = 0; i < Count; i++) NativeMemory.Free(_attributes[i].Value);
        Count = 0;
        NativeMemory.Free(_attributes);
    }
}
