namespace VaultGrid.Enclave;

/// <summary>An object that a TPM made and wrapped for itself: TPM2B_PUBLIC and TPM2B_PRIVATE in wire form. Only that TPM can use it.</summary>
internal sealed record TpmBlob(ReadOnlyMemory<byte> Public, ReadOnlyMemory<byte> Wrapped)
{
    /// <summary>The most bytes of each part.</summary>
    public const int Limit = 1500;

    public void Write(WireWriter to) => to.Bytes(Public.Span).Bytes(Wrapped.Span);

    public static TpmBlob Read(ref WireReader from) => new(from.Bytes(Limit).ToArray(), from.Bytes(Limit).ToArray());
}
