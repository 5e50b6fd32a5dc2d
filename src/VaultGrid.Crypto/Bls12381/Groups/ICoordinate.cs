using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>A field whose elements have the encoding of the ZCash specification.</summary>
internal interface ICoordinate<T> : IField<T>
    where T : struct, ICoordinate<T>
{
    /// <summary>Bytes of an element.</summary>
    static abstract int ByteLength { get; }

    /// <summary>False unless every number in it is below p.</summary>
    static abstract bool TryRead(ReadOnlySpan<byte> bytes, out T value);

    void Write(Span<byte> bytes);

    /// <summary>False where the element is no square.</summary>
    static abstract bool TryRoot(in T square, out T root);

    /// <summary>All ones if this is the greater of itself and its negative.</summary>
    ulong IsGreaterMask { get; }
}
