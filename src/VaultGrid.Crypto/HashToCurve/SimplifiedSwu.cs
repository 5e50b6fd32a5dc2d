using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.HashToCurve;

/// <summary>The simplified Shallue-van de Woestijne-Ulas map for AB ≠ 0 (RFC 9380, 6.6.2), straight-line as in F.2: constant time, no inversion.</summary>
internal static class SimplifiedSwu
{
    /// <summary>A point of the suite's E', its x as a fraction; the denominator is not zero.</summary>
    public static void Map<TField, TSuite>(in TField u, out TField xNumerator, out TField xDenominator, out TField y)
        where TField : unmanaged, IField<TField>
        where TSuite : struct, ISwuSuite<TField>
    {
        // Steps and names as in F.2.
        var tv1 = TSuite.Z * TField.Square(u);
        var tv2 = TField.Square(tv1) + tv1;
        var tv3 = TSuite.B * (tv2 + TField.One);
        var tv4 = TSuite.A * TField.Select(-tv2, TSuite.Z, tv2.IsZeroMask);
        tv2 = TField.Square(tv3);
        var tv6 = TField.Square(tv4);
        var tv5 = TSuite.A * tv6;
        tv2 = (tv2 + tv5) * tv3;
        tv6 *= tv4;
        tv5 = TSuite.B * tv6;
        tv2 += tv5;

        // gx1 = tv2 / tv6; where it is no square, gx2 = Z^3·u^6·gx1 is one.
        var isSquare = TSuite.SqrtRatio(tv2, tv6, out var y1);
        xNumerator = TField.Select(tv1 * tv3, tv3, isSquare);
        y = TField.Select(tv1 * u * y1, y1, isSquare);
        y = TField.Select(-y, y, ~(u.SignMask ^ y.SignMask));
        xDenominator = tv4;
    }
}
