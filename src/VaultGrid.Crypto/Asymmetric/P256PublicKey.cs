using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// A point of P-256 (FIPS 186-5), on the curve and not at infinity: verifies ECDSA with SHA-256 and is one side of ECDH, on any thread. A key that
/// verifies often gets a table of its multiples.
/// </summary>
public sealed class P256PublicKey : IEquatable<P256PublicKey>
{
    /// <summary>Bytes of the uncompressed form.</summary>
    public const int Length = 65;

    private static readonly Refusal NotAPoint =
        new(RefusalCode.InputMalformed, "this is not a public key on P-256 in uncompressed form (65 bytes, on the curve)");

    private readonly byte[] _uncompressed;
    private P256Table? _table;
    private uint _verifications;

    /// <summary>A point that is known to be on the curve.</summary>
    private P256PublicKey(byte[] uncompressed) => _uncompressed = uncompressed;

    /// <summary>0x04, x, y; 65 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _uncompressed;

    /// <summary>Reads the uncompressed form, and checks that the point is on the curve.</summary>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<P256PublicKey> Parse(ReadOnlySpan<byte> uncompressed) => P256Curve.IsPoint(uncompressed) ? new P256PublicKey(uncompressed.ToArray()) : NotAPoint;

    /// <summary>Reads a SubjectPublicKeyInfo (RFC 5480) with the named curve and an uncompressed point, in its one DER encoding.</summary>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<P256PublicKey> ParseSubjectPublicKeyInfo(ReadOnlySpan<byte> der)
    {
        // There is exactly one such encoding, so it is a fixed prefix and the point.
        var prefix = SubjectPublicKeyInfoPrefix;
        return der.Length == prefix.Length + Length && PublicBytes.Equal(der[..prefix.Length], prefix) ? Parse(der[prefix.Length..]) : NotAPoint;
    }

    /// <summary>The SubjectPublicKeyInfo (RFC 5480): 91 bytes of DER.</summary>
    public byte[] ToSubjectPublicKeyInfo() => [.. SubjectPublicKeyInfoPrefix, .. _uncompressed];

    /// <summary>True if this is an ECDSA signature with SHA-256 over the message.</summary>
    /// <param name="message">Any length.</param>
    /// <param name="signature">DER (RFC 3279), strictly.</param>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, digest);
        return VerifyDigest(digest, signature);
    }

    /// <summary>True if this is an ECDSA signature over the digest.</summary>
    /// <param name="digest">SHA-256 of the message.</param>
    /// <param name="signature">DER (RFC 3279), strictly.</param>
    internal bool VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        Span<byte> numbers = stackalloc byte[P256SignatureDer.FixedLength];
        if (!P256SignatureDer.TryRead(signature, numbers)) return false;
        var table = Volatile.Read(ref _table);
        if (table is null && Interlocked.Increment(ref _verifications) % P256Table.WorthAfter == 0) P256Table.Begin(_uncompressed, made => Volatile.Write(ref _table, made));
        return P256Verifier.OfThread.Accepts(_uncompressed, table, digest, numbers);
    }

    /// <summary>True from the time on when this key's multiples are in a table.</summary>
    internal bool IsPrepared => Volatile.Read(ref _table) is not null;

    /// <summary>Makes the table now.</summary>
    internal void Prepare() => _table ??= P256Table.TryMake(_uncompressed);

    /// <inheritdoc/>
    public bool Equals(P256PublicKey? other) => other is not null && PublicBytes.Equal(_uncompressed, other._uncompressed);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as P256PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_uncompressed, 1);

    /// <summary>The uncompressed form as hex with 0x.</summary>
    public override string ToString() => Hex.Encode(_uncompressed);

    /// <summary>A point that was computed.</summary>
    /// <param name="uncompressed">65 bytes, on the curve; they belong to the key from now on.</param>
    internal static P256PublicKey OfPoint(byte[] uncompressed) => new(uncompressed);

    /// <summary>The public half of a private key that the platform made or checked.</summary>
    internal static P256PublicKey Of(ECAlgorithm key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new([0x04, .. point.X!, .. point.Y!]);
    }

    // SEQUENCE { SEQUENCE { id-ecPublicKey, prime256v1 }, BIT STRING (66 bytes, none unused) }
    private static ReadOnlySpan<byte> SubjectPublicKeyInfoPrefix =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
}
