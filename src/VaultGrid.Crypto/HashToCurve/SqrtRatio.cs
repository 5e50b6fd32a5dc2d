using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.HashToCurve;

/// <summary>sqrt_ratio in a prime field with p = 3 mod 4 (RFC 9380, F.2.1.2).</summary>
internal static class SqrtRatio
{
    /// <summary>a^((p - 3)/4).</summary>
    public delegate TField Power<TField>(in TField a);

    public static ulong Compute<TField>(in TField u, in TField v, Power<TField> power, in TField rootOfMinusZ, out TField root)
        where TField : unmanaged, IField<TField>
    {
        var uv = u * v;
        var y1 = power(TField.Square(v) * uv) * uv;
        var isSquare = (TField.Square(y1) * v).EqualMask(u);
        root = TField.Select(y1 * rootOfMinusZ, y1, isSquare);
        return isSquare;
    }
}
