using System.Diagnostics;
using System.Security.Cryptography;
using VaultGrid.Crypto.Native;
using Lib = VaultGrid.Crypto.Native.Secp256k1;

namespace VaultGrid.Crypto;

/// <summary>
/// A private key on secp256k1: signs ECDSA (RFC 6979) and, through <see cref="SchnorrKeyPair"/>, BIP-340. The scalar stays in locked memory;
/// arithmetic with it is libsecp256k1's, in constant time.
/// </summary>
[DebuggerDisplay("PrivateKey(redacted)")]
public sealed class PrivateKey : IDisposable
{
    /// <summary>Bytes of the scalar.</summary>
    public const int Length = Scalars.Length;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretBytes _scalar;

    private PublicKey? _publicKey;

    private PrivateKey(SecretBytes scalar) => _scalar = scalar;

    /// <summary>The public key, computed once.</summary>
    public PublicKey PublicKey => _publicKey ??= Derive();

    /// <summary>The scalar, for code in locked memory.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal SecretBytes Scalar => _scalar;

    /// <summary>Draws a key.</summary>
    public static PrivateKey Generate()
    {
        while (true)
        {
            // One draw in 2^127 is no scalar.
            if (From(SecretBytes.Random(Length)).Is(out var key, out _)) return key;
        }
    }

    /// <summary>Moves a scalar in and wipes where it came from.</summary>
    /// <param name="scalar">32 bytes, big-endian; zero afterwards.</param>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>: zero, or not below the order.</returns>
    public static Outcome<PrivateKey> Take(Span<byte> scalar) => From(SecretBytes.Take(scalar));

    /// <summary>Makes a key of a secret, which belongs to the key from now on (and is disposed of if it is refused).</summary>
    /// <param name="scalar">32 bytes, big-endian.</param>
    /// <returns>The key, or <see cref="RefusalCode.InputMalformed"/>: wrong length, zero, or not below the order.</returns>
    public static Outcome<PrivateKey> From(SecretBytes scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        if (scalar.Length == Length && Lib.SecretKeyVerify(Secp256k1Context.Shared, scalar.Handle) == 1) return new PrivateKey(scalar);
        scalar.Dispose();
        return new Refusal(RefusalCode.InputMalformed, "a private key has 32 bytes, from 1 to the group order less 1");
    }

    /// <summary>Signs with fresh entropy mixed into the RFC 6979 nonce (section 3.6): a fault or a cloned state can't repeat a nonce over another digest.</summary>
    /// <param name="digest">32 bytes.</param>
    /// <returns>A signature with low s and recovery id, verified before it is handed out.</returns>
    public EcdsaSignature Sign(ReadOnlySpan<byte> digest)
    {
        Span<byte> entropy = stackalloc byte[32];
        try
        {
            RandomNumberGenerator.Fill(entropy);
            return SignWith(digest, entropy);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(entropy);
        }
    }

    /// <summary>Signs with given extra entropy (RFC 6979, section 3.6).</summary>
    /// <param name="digest">32 bytes.</param>
    /// <param name="entropy">32 bytes.</param>
    public EcdsaSignature Sign(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> entropy)
    {
        if (entropy.Length != 32) throw new ArgumentException($"Extra entropy has 32 bytes, not {entropy.Length}.", nameof(entropy));
        return SignWith(digest, entropy);
    }

    /// <summary>Signs with the plain RFC 6979 nonce: the same digest gives the same signature. For test vectors.</summary>
    /// <param name="digest">32 bytes.</param>
    public EcdsaSignature SignDeterministic(ReadOnlySpan<byte> digest) => SignWith(digest, []);

    /// <summary>The sum of this key and a number (BIP-32, taproot).</summary>
    /// <param name="tweak">32 bytes; treated as secret.</param>
    /// <returns>A new key, or a refusal if the number is not below the order or the sum is zero.</returns>
    public Outcome<PrivateKey> TweakAdd(ReadOnlySpan<byte> tweak)
    {
        Scalars.RequireLength(tweak);
        var sum = _scalar.Clone();
        if (Lib.SecretKeyTweakAdd(Secp256k1Context.Shared, sum.Handle, tweak) == 1) return new PrivateKey(sum);
        sum.Dispose();
        return new Refusal(RefusalCode.InputMalformed, "the tweak is not below the group order, or leads to the key zero");
    }

    /// <summary>The x coordinate of this scalar times a point: input for a key derivation, not a key.</summary>
    /// <returns>32 bytes.</returns>
    public unsafe SecretBytes Agree(PublicKey peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var shared = new SecretBytes(32);
        var code = Lib.Ecdh(Secp256k1Context.Shared, shared.Handle, peer.Point, _scalar.Handle, Lib.XCoordinate, 0);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ecdh");
        return shared;
    }

    /// <summary>Copies the scalar out into a caller's buffer of 32 bytes, which the caller wipes.</summary>
    public void CopyTo(Span<byte> destination) => _scalar.CopyTo(destination);

    /// <summary>A second copy with a life of its own.</summary>
    public PrivateKey Clone() => new(_scalar.Clone()) { _publicKey = _publicKey };

    /// <summary>Wipes the scalar.</summary>
    public void Dispose() => _scalar.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "PrivateKey(redacted)";

    private EcdsaSignature SignWith(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> entropy)
    {
        Digests.RequireLength(digest);
        Span<byte> recoverable = stackalloc byte[Lib.RecoverableSignatureSize];
        var code = Lib.SignRecoverable(Secp256k1Context.Shared, recoverable, digest, _scalar.Handle, 0, entropy);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ecdsa_sign_recoverable");
        var signature = EcdsaSignature.FromNative(recoverable);

        // Verify before release: a faulty signature may give the key away. Recovery checks r, s and the recovery id at once,
        // for the recovered key is the one under which the signature is valid. The library signs low s only; that is checked too.
        if (!signature.Recover(digest).Is(out var signer, out _) || !signer.Equals(PublicKey) || !signature.IsLowS)
            throw new NativeCallException("secp256k1_ecdsa_sign_recoverable (verification of its result)", 0);
        return signature;
    }

    private PublicKey Derive()
    {
        var point = new byte[Lib.PublicKeySize];
        var code = Lib.PublicKeyCreate(Secp256k1Context.Shared, point, _scalar.Handle);
        NativeCallException.ThrowUnless(code == 1, code, "secp256k1_ec_pubkey_create");
        return new PublicKey(point);
    }
}
