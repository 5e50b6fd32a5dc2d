using System.Buffers.Binary;
using System.Security.Cryptography;
using VaultGrid.Crypto.Bitcoin;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.Frost;

/// <summary>
/// The key that a signature is for: a shared key, or a child of it, or its taproot output. Its secret is a·x + b with public a = ±1 and b, so everybody's
/// share of it is a·s_i + b (the Lagrange factors add up to 1), and binding factors and challenge see only the final key.
/// </summary>
public sealed class SigningKey
{
    // The key as derivation has it, with its own y; what signs is its negative where BIP-340 wants that.
    private readonly PublicScalar _factor;
    private readonly PublicScalar _offset;
    private readonly GroupElement _point;
    private readonly bool _isNegated;
    private readonly byte[] _chainCode;
    private readonly bool _isFinal;

    private SigningKey(FrostSuite suite, SharedKey shared, PublicScalar factor, PublicScalar offset, GroupElement point, byte[] chainCode, bool isFinal)
    {
        (Suite, Shared, _factor, _offset, _point, _chainCode, _isFinal) = (suite, shared, factor, offset, point, chainCode, isFinal);
        _isNegated = suite.EvenY && point.Bytes[0] == 0x03;
        PublicKey = _isNegated ? -point : point;
    }

    /// <summary>The suite.</summary>
    public FrostSuite Suite { get; }

    /// <summary>The shared key behind it, in one version.</summary>
    public SharedKey Shared { get; }

    /// <summary>The public key. In the taproot suite it has even y.</summary>
    public GroupElement PublicKey { get; }

    /// <summary>The public key as verifiers have it: 33 bytes, 32 for Ed25519, 32 (x only) for taproot.</summary>
    public byte[] Encoded => Suite.EncodeKey(PublicKey);

    /// <summary>The shared key itself.</summary>
    public static SigningKey Of(FrostSuite suite, SharedKey shared)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(shared);
        var group = suite.Group;
        group.Require(shared.Group);
        return new(suite, shared, group.One, group.Zero, shared.PublicKey, shared.ChainCode.AsSpan().ToArray(), isFinal: false);
    }

    /// <summary>
    /// A child (not hardened). On secp256k1 it is that of BIP-32, CKDpub, so every wallet derives the same from key and chain code. On Ed25519 there is no such
    /// standard: τ = HMAC-SHA512(c, 01 ‖ A ‖ i) modulo the order, and the next chain code is the first half of HMAC-SHA512(c, 02 ‖ A ‖ i).
    /// </summary>
    /// <param name="steps">Below 2^31 each; i is written in 4 bytes, big-endian.</param>
    /// <returns>The child; refused: a hardened step, a key that is tweaked already, or (1 in 2^127) no such child.</returns>
    public Outcome<SigningKey> Derive(params ReadOnlySpan<uint> steps)
    {
        if (_isFinal) return new Refusal(RefusalCode.InputUnsupported, "children are derived before the tweak of an output, not after it");
        var key = this;
        foreach (var step in steps)
            if (!key.Child(step).Is(out key, out var refusal)) return refusal;
        return key;
    }

    /// <summary>The key of a taproot output (BIP-341), for its key path: Q = P + H(P ‖ root)·G. Without a root no script can spend it (BIP-86).</summary>
    public Outcome<SigningKey> TaprootOutput(Hash256? merkleRoot = null)
    {
        if (!Suite.EvenY || _isFinal) return new Refusal(RefusalCode.InputUnsupported, "only a taproot key that is not tweaked yet has an output");
        if (!XOnlyPublicKey.Parse(Encoded).Is(out var internalKey, out var refusal)) return refusal;
        var tweak = merkleRoot is { } root ? TapHash.Tweak(internalKey, root) : TapHash.Tweak(internalKey);
        if (!Suite.Group.DecodeScalar(tweak.AsSpan()).Is(out var t, out refusal)) return refusal;
        var (factor, offset) = (Signed(_factor), Signed(_offset) + t);
        var output = PublicKey + Suite.Group.Generator.MultiplyVarTime(t);
        return output.IsIdentity
            ? new Refusal(RefusalCode.InputUnsupported, "the output key would be the point at infinity")
            : new SigningKey(Suite, Shared, factor, offset, output, _chainCode, isFinal: true);
    }

    /// <summary>a·s + b; the caller disposes of it.</summary>
    internal SecretScalar ShareOf(KeyShare share)
    {
        using var scaled = share.Secret.Multiply(Signed(_factor));
        return scaled.Add(Signed(_offset));
    }

    /// <summary>a·Y_i + b·G.</summary>
    internal GroupElement PublicShare(PartyIndex party)
    {
        var share = Shared.PublicShare(party);
        if (!Signed(_factor).Equals(Suite.Group.One)) share = -share;
        return _offset.IsZero ? share : share + Suite.Group.Generator.MultiplyVarTime(Signed(_offset));
    }

    private PublicScalar Signed(PublicScalar value) => _isNegated ? -value : value;

    private Outcome<SigningKey> Child(uint step)
    {
        if (step >= 0x8000_0000) return new Refusal(RefusalCode.InputUnsupported, "a hardened child needs the secret key, which nobody has");
        var group = Suite.Group;
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(number, step);
        PublicScalar tau;
        byte[] chainCode;
        if (group == PrimeGroup.Secp256k1)
        {
            var i = HMACSHA512.HashData(_chainCode, (byte[])[.. _point.Bytes, .. number]);
            if (!group.DecodeScalar(i.AsSpan(0, 32)).Is(out tau!, out _)) return NoChild(step);
            chainCode = i[32..];
        }
        else
        {
            tau = group.Reduce(HMACSHA512.HashData(_chainCode, (byte[])[1, .. _point.Bytes, .. number]));
            chainCode = HMACSHA512.HashData(_chainCode, (byte[])[2, .. _point.Bytes, .. number])[..32];
        }
        var key = _point + group.Generator.MultiplyVarTime(tau);
        return key.IsIdentity ? NoChild(step) : new SigningKey(Suite, Shared, _factor, _offset + tau, key, chainCode, isFinal: false);
    }

    private static Refusal NoChild(uint step) => new(RefusalCode.InputUnsupported, $"there is no child {step}; take the next number");
}
