namespace VaultGrid.Crypto.Fields;

/// <summary>
/// A finite field whose elements are values in canonical form: one element, one representation. All operations take a time that
/// does not depend on the elements; conditions are masks (all ones: yes, zero: no).
/// </summary>
internal interface IField<T>
    where T : struct, IField<T>
{
    static abstract T One { get; }

    static abstract T operator +(in T a, in T b);

    static abstract T operator -(in T a, in T b);

    static abstract T operator -(in T a);

    static abstract T operator *(in T a, in T b);

    /// <summary><paramref name="no"/> where the mask is zero, <paramref name="yes"/> where it is all ones.</summary>
    static abstract T Select(in T no, in T yes, ulong mask);

    static abstract T Square(in T a);

    static abstract T Double(in T a);

    /// <summary>The inverse; zero has none and gives zero (inv0 of RFC 9380, 4).</summary>
    static abstract T Invert(in T a);

    /// <summary>All ones if the element is zero.</summary>
    ulong IsZeroMask { get; }

    /// <summary>All ones if both are the same element.</summary>
    ulong EqualMask(in T other);

    /// <summary>sgn0 of RFC 9380, 4.1, as a mask: all ones if it is 1.</summary>
    ulong SignMask { get; }
}
