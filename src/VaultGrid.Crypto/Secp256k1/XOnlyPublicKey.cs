using VaultGrid.Crypto.Native;
using Lib = VaultGrid.Crypto.Native.Secp256k1;

namespace VaultGrid.Crypto;

/// <summary>A public key as BIP-340 has it: the x coordinate of a point whose y is even.</summary>
public sealed class XOnlyPublicKey : IEquatable<XOnlyPublicKey>
{
    /// <summary>Bytes of the x coordinate.</summary>
    public const int Length = 32;

    private readonly byte[] _point;
    private readonly byte[] _x = new byte[Length];

    private XOnlyPublicKey(byte[] point)
    {
        _point = point;
        var code = Lib.XOnlySerialize(Secp256k1Context.Shared, _x, point);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_xonly_pubkey_serialize");
    }

    /// <summary>x: 32 bytes, big-endian.</summary>
    public ReadOnlySpan<byte> Bytes => _x;

    /// <summary>Reads an x coordinate.</summary>
    /// <param name="x">32 bytes, big-endian.</param>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>: no point has this x.</returns>
    public static Outcome<XOnlyPublicKey> Parse(ReadOnlySpan<byte> x)
    {
        var point = new byte[Lib.PublicKeySize];
        return x.Length == Length && Lib.XOnlyParse(Secp256k1Context.Shared, point, x) == 1
            ? new XOnlyPublicKey(point)
            : new Refusal(RefusalCode.InputMalformed, "an x-only public key is the 32-byte x coordinate of a point of secp256k1");
    }

    /// <summary>True if this is a BIP-340 signature of this key.</summary>
    /// <param name="message">Any length; 32 bytes in Bitcoin.</param>
    /// <param name="signature">64 bytes; any other length is not a signature.</param>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == SchnorrKeyPair.SignatureLength
        && Lib.SchnorrVerify(Secp256k1Context.Shared, signature, message, (nuint)message.Length, _point) == 1;

    /// <summary>This key plus <paramref name="tweak"/>·G (BIP-341, taproot_tweak_pubkey). The output's parity is in its compressed form.</summary>
    /// <param name="tweak">32 bytes, a public number below the order.</param>
    /// <returns>The output key, or a refusal if the number is not below the order or the sum is the point at infinity.</returns>
    public Outcome<PublicKey> TweakAdd(ReadOnlySpan<byte> tweak)
    {
        Scalars.RequireLength(tweak);
        var output = new byte[Lib.PublicKeySize];
        return Lib.XOnlyTweakAdd(Secp256k1Context.Shared, output, _point, tweak) == 1
            ? new PublicKey(output)
            : new Refusal(RefusalCode.InputMalformed, "the tweak is not below the group order, or leads to the point at infinity");
    }

    /// <inheritdoc/>
    public bool Equals(XOnlyPublicKey? other) => other is not null && PublicBytes.Equal(_x, other._x);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as XOnlyPublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_x, 0);

    /// <summary>x as hex with 0x.</summary>
    public override string ToString() => Hex.Encode(_x);

    internal static XOnlyPublicKey Of(PublicKey key)
    {
        var point = new byte[Lib.PublicKeySize];
        var code = Lib.XOnlyFromPublicKey(Secp256k1Context.Shared, point, out _, key.Point);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_xonly_pubkey_from_pubkey");
        return new XOnlyPublicKey(point);
    }
}
