using VaultGrid.Crypto.Fields;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>A curve y^2 = x^3 + b over a field, with the endomorphism that makes multiplication fast.</summary>
internal interface ICurve<TField>
    where TField : unmanaged, IField<TField>
{
    static abstract TField B { get; }

    /// <summary>3b·a.</summary>
    static abstract TField TimesB3(in TField a);

    /// <summary>
    /// An endomorphism that is, on the group of order r, multiplication by a power of z = |x|: by z^2 on G1 and by z on G2.
    /// </summary>
    static abstract void Step<TCurve>(in Projective<TField, TCurve> point, out Projective<TField, TCurve> result)
        where TCurve : struct, ICurve<TField>;

    /// <summary>How many parts <see cref="Split"/> makes of a scalar.</summary>
    static abstract int Parts { get; }

    /// <summary>Bits of a part.</summary>
    static abstract int PartBits { get; }

    /// <summary>Writes k = Σ parts[i]·(factor of <see cref="Step"/>)^i, without a branch on k.</summary>
    static abstract void Split(in Residue<GroupOrder> scalar, Span<UInt128> parts);
}
