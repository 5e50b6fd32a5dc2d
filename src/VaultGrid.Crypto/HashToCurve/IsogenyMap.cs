using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.HashToCurve;

/// <summary>
/// A rational map (x, y) to (xNum(x)/xDen(x), y·yNum(x)/yDen(x)) between curves (RFC 9380, appendix E). Coefficients are given from the constant up;
/// a denominator's leading one included.
/// </summary>
internal sealed class IsogenyMap<TField>(TField[] xNumerator, TField[] xDenominator, TField[] yNumerator, TField[] yDenominator)
    where TField : unmanaged, IField<TField>
{
    /// <summary>
    /// The image of (n/d, y) in homogeneous coordinates (X : Y : Z). Where a denominator vanishes the image is infinity, as RFC 9380, 6.6.3 wants it;
    /// it is written (0 : 1 : 0).
    /// </summary>
    public void Map(in TField n, in TField d, in TField y, out TField imageX, out TField imageY, out TField imageZ)
    {
        var xTop = Evaluate(xNumerator, n, d);
        var xBottom = Evaluate(xDenominator, n, d);
        var yTop = Evaluate(yNumerator, n, d);
        var yBottom = Evaluate(yDenominator, n, d);

        // Homogenised, a polynomial of degree g is scaled by d^g; the degrees differ by one above and below in x, and not at all in y.
        xBottom *= d;
        imageX = xTop * yBottom;
        imageY = y * yTop * xBottom;
        imageZ = xBottom * yBottom;
        var infinite = imageZ.IsZeroMask;
        imageX = TField.Select(imageX, default, infinite);
        imageY = TField.Select(imageY, TField.One, infinite);
    }

    // Σ c_i·n^i·d^(g-i)
    private static TField Evaluate(TField[] coefficients, in TField n, in TField d)
    {
        var power = TField.One;
        var result = coefficients[^1];
        for (var i = coefficients.Length - 2; i >= 0; i--)
        {
            power *= d;
            result = (result * n) + (coefficients[i] * power);
        }

        return result;
    }
}
