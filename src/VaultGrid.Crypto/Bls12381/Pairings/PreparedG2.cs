namespace VaultGrid.Crypto.Bls12381;

/// <summary>The lines of Miller's loop for one point of G2, which depend on that point only: 68 of them, 20 kB.</summary>
public sealed class PreparedG2
{
    // 63 doublings and an addition for each of the five set bits of z below the top.
    private const int Count = 63 + 5;

    private readonly Line[] _lines;

    /// <summary>Computes the lines.</summary>
    public PreparedG2(G2Point point)
    {
        ArgumentNullException.ThrowIfNull(point);
        IsIdentity = point.IsIdentity;
        _lines = IsIdentity ? [] : new Line[Count];
        if (IsIdentity) return;

        // T runs through multiples kQ with 2 <= k <= z < r, so T is never infinity, Q or -Q when a line is taken: Q has prime order r.
        point.Value.ToAffine(out var qx, out var qy);
        Fp2 x = qx, y = qy, z = Fp2.One;
        var next = 0;
        for (var bit = 62; bit >= 0; bit--)
        {
            _lines[next++] = LineFunctions.Double(ref x, ref y, ref z);
            if (((CurveParameter.Z >> bit) & 1) != 0) _lines[next++] = LineFunctions.Add(ref x, ref y, ref z, qx, qy);
        }
    }

    internal bool IsIdentity { get; }

    internal ReadOnlySpan<Line> Lines => _lines;
}
