using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto;

/// <summary>
/// Points of P-256 times secrets, by OpenSSL's arithmetic without the platform's key objects around it, which would check each point twice more and cost four times as much.
/// The secret is in OpenSSL's memory for as long as the multiplication takes, and is wiped there.
/// </summary>
internal static unsafe class P256Curve
{
    /// <summary>Bytes of a scalar and of a coordinate.</summary>
    public const int ScalarLength = 32;

    private const int PointLength = P256PublicKey.Length;

    // The order (FIPS 186-5, SP 800-186, 3.2.1.3).
    private static readonly ScalarField Scalars = new(Convert.FromHexString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"), littleEndian: false);

    private static readonly Lazy<nint> Only = new(MakeGroup);

    /// <summary>OpenSSL's group; lives as long as the process, and is only read.</summary>
    public static nint Group => Only.Value;

    /// <summary>True for the uncompressed form of a point on the curve: every such point is of the group's order, since the cofactor is 1.</summary>
    public static bool IsPoint(ReadOnlySpan<byte> uncompressed)
    {
        using var work = new Work(Only.Value);
        return work.TryRead(uncompressed);
    }

    /// <summary>True for a number from 1 to the order less 1. The answer is public from here on.</summary>
    public static bool IsScalar(SecretBytes scalar)
    {
        Span<byte> zero = stackalloc byte[ScalarLength];
        zero.Clear();
        var fits = scalar.Length == ScalarLength && Scalars.IsReduced(scalar.Span) && !CryptographicOperations.FixedTimeEquals(scalar.Span, zero);
        GC.KeepAlive(scalar);
        return fits;
    }

    /// <summary>scalar·G, uncompressed.</summary>
    /// <param name="scalar">One (<see cref="IsScalar"/>); stays the caller's.</param>
    public static byte[] TimesGenerator(SecretBytes scalar)
    {
        using var work = new Work(Only.Value);
        work.TimesGenerator(scalar);
        var point = new byte[PointLength];
        work.Write(point);
        return point;
    }

    /// <summary>The x coordinate of scalar·point (NIST SP 800-56A, 5.7.1.2), in constant time: 32 bytes.</summary>
    /// <param name="scalar">One (<see cref="IsScalar"/>); stays the caller's.</param>
    /// <param name="point">One (<see cref="IsPoint"/>).</param>
    public static SecretBytes XOfProduct(SecretBytes scalar, ReadOnlySpan<byte> point)
    {
        using var work = new Work(Only.Value);
        NativeCallException.ThrowUnless(work.TryRead(point), 0, "EC_POINT_oct2point");
        work.Times(scalar);
        using var product = new SecretBytes(PointLength);
        work.Write(product.Span);
        GC.KeepAlive(product);
        return product.Slice(1, ScalarLength);
    }

    /// <summary>What a function of OpenSSL made.</summary>
    public static nint NotNull(nint made, string function)
    {
        NativeCallException.ThrowUnless(made != 0, 0, function);
        return made;
    }

    // The platform is made to initialise the library first: it does so in a way that doesn't take the library down at the
    // process's end while threads still use it.
    private static nint MakeGroup()
    {
        _ = SHA256.HashData([]);
        return NotNull(OpenSsl.NewGroup(OpenSsl.P256), "EC_GROUP_new_by_curve_name");
    }

    /// <summary>A point and what computing with it needs; all of it is wiped.</summary>
    private ref struct Work : IDisposable
    {
        private readonly nint _group;
        private readonly nint _context;
        private readonly nint _point;

        public Work(nint group)
        {
            _group = group;
            _context = NotNull(OpenSsl.NewContext(), "BN_CTX_secure_new");
            _point = OpenSsl.NewPoint(group);
            if (_point != 0) return;
            OpenSsl.WipeContext(_context);
            throw new NativeCallException("EC_POINT_new", 0);
        }

        public readonly bool TryRead(ReadOnlySpan<byte> uncompressed)
        {
            if (uncompressed.Length != PointLength || uncompressed[0] != OpenSsl.Uncompressed) return false;
            fixed (byte* bytes = uncompressed)
            {
                if (OpenSsl.ReadPoint(_group, _point, bytes, PointLength, _context) == 1) return true;
            }

            OpenSsl.ClearErrors();
            return false;
        }

        public readonly void TimesGenerator(SecretBytes scalar)
        {
            var number = Number(scalar);
            var code = OpenSsl.Multiply(_group, _point, number, 0, 0, _context);
            OpenSsl.WipeNumber(number);
            NativeCallException.ThrowUnless(code == 1, code, "EC_POINT_mul");
        }

        public readonly void Times(SecretBytes scalar)
        {
            var number = Number(scalar);
            var code = OpenSsl.Multiply(_group, _point, 0, _point, number, _context);
            OpenSsl.WipeNumber(number);
            NativeCallException.ThrowUnless(code == 1, code, "EC_POINT_mul");
        }

        public readonly void Write(Span<byte> uncompressed)
        {
            fixed (byte* bytes = uncompressed)
            {
                var length = OpenSsl.WritePoint(_group, _point, OpenSsl.Uncompressed, bytes, PointLength, _context);
                NativeCallException.ThrowUnless(length == PointLength, (long)length, "EC_POINT_point2oct");
            }
        }

        public readonly void Dispose()
        {
            OpenSsl.WipePoint(_point);
            OpenSsl.WipeContext(_context);
        }

        private static nint Number(SecretBytes scalar)
        {
            var number = NotNull(OpenSsl.NewNumber(), "BN_secure_new");
            nint read;
            fixed (byte* bytes = scalar.Span) read = OpenSsl.ReadNumber(bytes, ScalarLength, number);
            GC.KeepAlive(scalar);
            if (read == 0)
            {
                OpenSsl.WipeNumber(number);
                throw new NativeCallException("BN_bin2bn", 0);
            }

            OpenSsl.SetFlags(number, OpenSsl.ConstantTime);
            return number;
        }
    }
}
