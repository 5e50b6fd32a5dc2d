using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.HashToCurve;

/// <summary>The curve E' : y^2 = x^3 + Ax + B that a field element is mapped to before an isogeny takes it to the curve proper (RFC 9380, 6.6.3, 8).</summary>
internal interface ISwuSuite<TField>
    where TField : unmanaged, IField<TField>
{
    static abstract TField A { get; }

    static abstract TField B { get; }

    static abstract TField Z { get; }

    /// <summary>
    /// Given u and v ≠ 0: all ones and a root of u/v, or zero and a root of Z·u/v (sqrt_ratio, RFC 9380, F.2.1). Constant time.
    /// </summary>
    static abstract ulong SqrtRatio(in TField u, in TField v, out TField root);
}
