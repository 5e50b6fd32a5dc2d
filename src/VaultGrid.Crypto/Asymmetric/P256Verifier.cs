using System.Runtime.InteropServices;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto;

/// <summary>
/// Verifies ECDSA on P-256 (FIPS 186-5, 6.4.2) by OpenSSL's points: with a key's table twice as fast as the library's own verification, which can't be given one. Everything
/// here is public. The numbers and points that a thread computes with stay with it.
/// </summary>
internal sealed unsafe class P256Verifier
{
    private const int ScalarLength = P256Curve.ScalarLength;

    [ThreadStatic]
    private static P256Verifier? _own;

    private readonly nint _group = P256Curve.Group;
    private readonly nint _order = OpenSsl.Order(P256Curve.Group);
    private readonly nint _context = P256Curve.NotNull(OpenSsl.NewPublicContext(), "BN_CTX_new");
    private readonly nint _sum = P256Curve.NotNull(OpenSsl.NewPoint(P256Curve.Group), "EC_POINT_new");
    private readonly nint _key = P256Curve.NotNull(OpenSsl.NewPoint(P256Curve.Group), "EC_POINT_new");
    private readonly nint _r = NewNumber();
    private readonly nint _inverse = NewNumber();
    private readonly nint _ofGenerator = NewNumber();
    private readonly nint _ofKey = NewNumber();

    private P256Verifier()
    {
    }

    ~P256Verifier()
    {
        foreach (var number in (ReadOnlySpan<nint>)[_r, _inverse, _ofGenerator, _ofKey]) OpenSsl.FreeNumber(number);
        foreach (var point in (ReadOnlySpan<nint>)[_sum, _key]) OpenSsl.FreePoint(point);
        OpenSsl.WipeContext(_context);
    }

    /// <summary>The calling thread's.</summary>
    public static P256Verifier OfThread => _own ??= new();

    /// <summary>True if this is the key's signature over the digest.</summary>
    /// <param name="key">Uncompressed, on the curve (<see cref="P256Curve.IsPoint"/>).</param>
    /// <param name="table">The key's, if there is one.</param>
    /// <param name="digest">32 bytes.</param>
    /// <param name="signature">r and s, 32 bytes each.</param>
    public bool Accepts(ReadOnlySpan<byte> key, P256Table? table, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        Span<ulong> r = stackalloc ulong[P256Order.Limbs], s = stackalloc ulong[P256Order.Limbs], inverse = stackalloc ulong[P256Order.Limbs];
        if (!P256Order.TryReadVarTime(signature[..ScalarLength], r) || !P256Order.TryReadVarTime(signature[ScalarLength..], s)) return false;
        P256Order.InvertVarTime(s, inverse);
        Read(r, _r);
        Read(inverse, _inverse);
        Read(digest, _ofGenerator);
        Check(OpenSsl.MultiplyModulo(_ofGenerator, _ofGenerator, _inverse, _order, _context), "BN_mod_mul");
        Check(OpenSsl.MultiplyModulo(_ofKey, _r, _inverse, _order, _context), "BN_mod_mul");

        if (table is null)
        {
            fixed (byte* bytes = key) Check(OpenSsl.ReadPoint(_group, _key, bytes, (nuint)key.Length, _context), "EC_POINT_oct2point");
            Check(OpenSsl.Multiply(_group, _sum, _ofGenerator, _key, _ofKey, _context), "EC_POINT_mul");
        }
        else
        {
            Check(OpenSsl.Multiply(_group, _sum, _ofGenerator, 0, 0, _context), "EC_POINT_mul");
            Check(OpenSsl.Multiply(table.Group, _key, _ofKey, 0, 0, _context), "EC_POINT_mul");
            GC.KeepAlive(table);
            Check(OpenSsl.Add(_group, _sum, _sum, _key, _context), "EC_POINT_add");
        }

        if (OpenSsl.IsInfinity(_group, _sum) == 1) return false;
        var x = _ofKey;
        Check(OpenSsl.Affine(_group, _sum, x, 0, _context), "EC_POINT_get_affine_coordinates");
        Check(OpenSsl.Reduce(x, x, _order, _context), "BN_nnmod");
        return OpenSsl.CompareVarTime(x, _r) == 0;
    }

    private static nint NewNumber() => P256Curve.NotNull(OpenSsl.NewPublicNumber(), "BN_new");

    private static void Read(ReadOnlySpan<ulong> limbs, nint number)
    {
        fixed (byte* bytes = MemoryMarshal.AsBytes(limbs)) P256Curve.NotNull(OpenSsl.ReadLittleEndian(bytes, ScalarLength, number), "BN_lebin2bn");
    }

    private static void Read(ReadOnlySpan<byte> bigEndian, nint number)
    {
        fixed (byte* bytes = bigEndian) P256Curve.NotNull(OpenSsl.ReadNumber(bytes, bigEndian.Length, number), "BN_bin2bn");
    }

    private static void Check(int code, string function) => NativeCallException.ThrowUnless(code == 1, code, function);
}
