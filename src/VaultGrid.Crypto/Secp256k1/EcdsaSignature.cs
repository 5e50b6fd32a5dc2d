using VaultGrid.Crypto.Native;
using Lib = VaultGrid.Crypto.Native.Secp256k1;

namespace VaultGrid.Crypto;

/// <summary>An ECDSA signature on secp256k1: r and s below the order and, from a signer, the recovery id.</summary>
public sealed class EcdsaSignature : IEquatable<EcdsaSignature>
{
    /// <summary>Bytes of r and s together.</summary>
    public const int CompactLength = 64;

    // SEQUENCE of two INTEGERs: 2 + 2 · (2 + 33).
    private const int MaximumDerLength = 72;

    // (n − 1) / 2, big-endian (SEC 2, 2.4.1). A signature is public: the time taken may depend on it.
    private static ReadOnlySpan<byte> HalfOrder =>
    [
        0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0x5d, 0x57, 0x6e, 0x73, 0x57, 0xa4, 0x50, 0x1d, 0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa0,
    ];

    private static readonly Refusal NotDer = new(RefusalCode.InputMalformed, "this is not the DER encoding of a signature on secp256k1");

    private readonly byte[] _compact;

    private EcdsaSignature(byte[] compact, int? recoveryId) => (_compact, RecoveryId) = (compact, recoveryId);

    /// <summary>r, then s; 64 bytes.</summary>
    public ReadOnlySpan<byte> Compact => _compact;

    /// <summary>r: 32 bytes, big-endian.</summary>
    public ReadOnlySpan<byte> R => _compact.AsSpan(0, 32);

    /// <summary>s: 32 bytes, big-endian.</summary>
    public ReadOnlySpan<byte> S => _compact.AsSpan(32, 32);

    /// <summary>Which of the four candidate keys signed: bit 0 is the parity of R's y, bit 1 says that R's x was not below the order. Null if not known.</summary>
    public int? RecoveryId { get; }

    /// <summary>True unless s is in the upper half of its range (BIP-62).</summary>
    public bool IsLowS => S.SequenceCompareTo(HalfOrder) <= 0;

    /// <summary>Reads r and s.</summary>
    /// <param name="compact">64 bytes.</param>
    /// <param name="recoveryId">0 to 3, or null if it is not known.</param>
    /// <returns>The signature, or <see cref="RefusalCode.InputMalformed"/>: r or s zero or not below the order.</returns>
    public static Outcome<EcdsaSignature> FromCompact(ReadOnlySpan<byte> compact, int? recoveryId = null)
    {
        Span<byte> parsed = stackalloc byte[Lib.SignatureSize];
        if (recoveryId is < 0 or > 3)
            return new Refusal(RefusalCode.InputMalformed, "a recovery id is 0 to 3");
        if (compact.Length != CompactLength
            || Lib.SignatureParseCompact(Secp256k1Context.Shared, parsed, compact) != 1
            || IsZero(compact[..32]) || IsZero(compact[32..]))
            return new Refusal(RefusalCode.InputMalformed, "a signature is r and s of 32 bytes each, from 1 to the group order less 1");
        return new EcdsaSignature(compact.ToArray(), recoveryId);
    }

    /// <summary>Reads the DER form (SEC 1, C.8), strictly: one signature has one encoding.</summary>
    /// <returns>The signature, without recovery id, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<EcdsaSignature> FromDer(ReadOnlySpan<byte> der)
    {
        Span<byte> parsed = stackalloc byte[Lib.SignatureSize];
        if (der.Length > MaximumDerLength || Lib.SignatureParseDer(Secp256k1Context.Shared, parsed, der, (nuint)der.Length) != 1)
            return NotDer;

        // The library turns numbers out of range into zero; FromCompact refuses zero. Writing the result again finds any other encoding.
        return FromCompact(ToCompact(parsed)).Is(out var signature, out _) && PublicBytes.Equal(signature.ToDer(), der) ? signature : NotDer;
    }

    /// <summary>The DER form: 8 to 72 bytes.</summary>
    public byte[] ToDer()
    {
        Span<byte> der = stackalloc byte[MaximumDerLength];
        var length = (nuint)der.Length;
        var code = Lib.SignatureSerializeDer(Secp256k1Context.Shared, der, ref length, Parsed());
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ecdsa_signature_serialize_der");
        return der[..(int)length].ToArray();
    }

    /// <summary>The signature with low s, valid for the same key and digest.</summary>
    public EcdsaSignature ToLowS() =>
        Normalized(out var low) ? new EcdsaSignature(low, RecoveryId ^ 1) : this;

    /// <summary>The key under which this is a signature over the digest (SEC 1, 4.1.6).</summary>
    /// <param name="digest">32 bytes.</param>
    /// <returns>The key, or a refusal: there is none, or this signature has no recovery id.</returns>
    public Outcome<PublicKey> Recover(ReadOnlySpan<byte> digest)
    {
        Digests.RequireLength(digest);
        if (RecoveryId is not { } id)
            return new Refusal(RefusalCode.InputMalformed, "the signature has no recovery id");

        Span<byte> recoverable = stackalloc byte[Lib.RecoverableSignatureSize];
        var code = Lib.RecoverableParseCompact(Secp256k1Context.Shared, recoverable, _compact, id);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ecdsa_recoverable_signature_parse_compact");

        var point = new byte[Lib.PublicKeySize];
        return Lib.Recover(Secp256k1Context.Shared, point, recoverable, digest) == 1
            ? new PublicKey(point)
            : new Refusal(RefusalCode.InputMalformed, "no key belongs to this signature and recovery id");
    }

    /// <inheritdoc/>
    public bool Equals(EcdsaSignature? other) =>
        other is not null && RecoveryId == other.RecoveryId && PublicBytes.Equal(_compact, other._compact);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EcdsaSignature);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_compact, 0);

    /// <summary>r and s as hex with 0x.</summary>
    public override string ToString() => Hex.Encode(_compact);

    /// <summary>What the library signed, with its recovery id.</summary>
    internal static EcdsaSignature FromNative(ReadOnlySpan<byte> recoverable)
    {
        var compact = new byte[CompactLength];
        var code = Lib.RecoverableSerializeCompact(Secp256k1Context.Shared, compact, out var recoveryId, recoverable);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ecdsa_recoverable_signature_serialize_compact");
        return new EcdsaSignature(compact, recoveryId);
    }

    private static byte[] ToCompact(ReadOnlySpan<byte> parsed)
    {
        var compact = new byte[CompactLength];
        var code = Lib.SignatureSerializeCompact(Secp256k1Context.Shared, compact, parsed);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ecdsa_signature_serialize_compact");
        return compact;
    }

    private static bool IsZero(ReadOnlySpan<byte> number) => !number.ContainsAnyExcept((byte)0);

    private byte[] Parsed()
    {
        var parsed = new byte[Lib.SignatureSize];
        var code = Lib.SignatureParseCompact(Secp256k1Context.Shared, parsed, _compact);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ecdsa_signature_parse_compact");
        return parsed;
    }

    private bool Normalized(out byte[] compact)
    {
        Span<byte> normalized = stackalloc byte[Lib.SignatureSize];
        var wasHigh = Lib.SignatureNormalize(Secp256k1Context.Shared, normalized, Parsed()) == 1;
        compact = ToCompact(normalized);
        return wasHigh;
    }
}
