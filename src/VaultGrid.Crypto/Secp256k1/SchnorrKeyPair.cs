using System.Diagnostics;
using System.Security.Cryptography;
using VaultGrid.Crypto.Native;
using Lib = VaultGrid.Crypto.Native.Secp256k1;

namespace VaultGrid.Crypto;

/// <summary>A private key made ready for BIP-340 signatures, with or without a taproot tweak.</summary>
[DebuggerDisplay("SchnorrKeyPair(redacted)")]
public sealed class SchnorrKeyPair : IDisposable
{
    /// <summary>Bytes of a BIP-340 signature.</summary>
    public const int SignatureLength = 64;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretBytes _keyPair;

    private SchnorrKeyPair(SecretBytes keyPair)
    {
        _keyPair = keyPair;
        using var scalar = new SecretBytes(Scalars.Length);
        var code = Lib.KeyPairSecret(Secp256k1Context.Shared, scalar.Handle, keyPair.Handle);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_keypair_sec");
        var point = new byte[Lib.PublicKeySize];
        code = Lib.PublicKeyCreate(Secp256k1Context.Shared, point, scalar.Handle);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ec_pubkey_create");
        PublicKey = new PublicKey(point).ToXOnly();
    }

    /// <summary>The key that verifies what this one signs.</summary>
    public XOnlyPublicKey PublicKey { get; }

    /// <summary>The pair of an untweaked key.</summary>
    public static SchnorrKeyPair Of(PrivateKey key) => new(Create(key));

    /// <summary>The pair of a taproot output key (BIP-341, taproot_tweak_seckey).</summary>
    /// <param name="key">The internal key.</param>
    /// <param name="tweak">32 bytes, a number below the order.</param>
    /// <returns>The pair, or a refusal if the number is not below the order or the sum is zero.</returns>
    public static Outcome<SchnorrKeyPair> Tweaked(PrivateKey key, ReadOnlySpan<byte> tweak)
    {
        Scalars.RequireLength(tweak);
        var keyPair = Create(key);
        if (Lib.KeyPairXOnlyTweakAdd(Secp256k1Context.Shared, keyPair.Handle, tweak) == 1) return new SchnorrKeyPair(keyPair);
        keyPair.Dispose();
        return new Refusal(RefusalCode.InputMalformed, "the tweak is not below the group order, or leads to the key zero");
    }

    /// <summary>Signs with 32 fresh bytes as auxiliary randomness.</summary>
    /// <param name="message">Any length; 32 bytes in Bitcoin.</param>
    /// <returns>64 bytes, verified before they are handed out.</returns>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        Span<byte> auxiliary = stackalloc byte[32];
        try
        {
            RandomNumberGenerator.Fill(auxiliary);
            return Sign(message, auxiliary);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(auxiliary);
        }
    }

    /// <summary>Signs with given auxiliary randomness.</summary>
    /// <param name="message">Any length.</param>
    /// <param name="auxiliary">32 bytes.</param>
    /// <returns>64 bytes, verified before they are handed out.</returns>
    public unsafe byte[] Sign(ReadOnlySpan<byte> message, ReadOnlySpan<byte> auxiliary)
    {
        if (auxiliary.Length != 32) throw new ArgumentException($"Auxiliary randomness has 32 bytes, not {auxiliary.Length}.", nameof(auxiliary));
        var signature = new byte[SignatureLength];
        fixed (byte* auxiliary32 = auxiliary)
        {
            var extra = new Lib.SchnorrExtraParameters((nint)auxiliary32);
            var code = Lib.SchnorrSign(Secp256k1Context.Shared, signature, message, (nuint)message.Length, _keyPair.Handle, ref extra);
            NativeCallException.ThrowUnless(code == 1, code, "secp256k1_schnorrsig_sign_custom");
        }

        // BIP-340, default signing: "if Verify fails, abort".
        return PublicKey.Verify(message, signature)
            ? signature
            : throw new NativeCallException("secp256k1_schnorrsig_sign_custom (verification of its result)", 0);
    }

    /// <summary>Wipes the pair.</summary>
    public void Dispose() => _keyPair.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SchnorrKeyPair(redacted)";

    private static SecretBytes Create(PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var keyPair = new SecretBytes(Lib.KeyPairSize);
        var code = Lib.KeyPairCreate(Secp256k1Context.Shared, keyPair.Handle, key.Scalar.Handle);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_keypair_create");
        return keyPair;
    }
}
