using VaultGrid.Crypto.Groups;
using VaultGrid.Crypto.HashToCurve;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Dise;

/// <summary>What the pseudorandom function is evaluated at: j ‖ α, the identity that encrypts and the commitment to its message.</summary>
public sealed record DiseInput
{
    /// <summary>The longest identity.</summary>
    public const int MaximumIdentity = 256;

    private static readonly byte[] Tag = "VaultGrid-V01-DiSE-with-ristretto255_XMD:SHA-256_R255MAP_RO_"u8.ToArray();

    private DiseInput(byte[] identity, Hash256 commitment) => (Identity, Commitment) = (identity, commitment);

    /// <summary>j. For encryption the enclave evaluates only if this is the authenticated caller.</summary>
    public ReadOnlyMemory<byte> Identity { get; }

    /// <summary>α.</summary>
    public Hash256 Commitment { get; }

    /// <summary>Makes an input.</summary>
    /// <returns>The input, or <see cref="RefusalCode.InputMalformed"/>: no identity, or one too long.</returns>
    public static Outcome<DiseInput> Of(ReadOnlySpan<byte> identity, Hash256 commitment) => identity.Length is > 0 and <= MaximumIdentity
        ? new DiseInput(identity.ToArray(), commitment)
        : new Refusal(RefusalCode.InputMalformed, $"an identity has 1 to {MaximumIdentity} bytes");

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<DiseInput> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        var (identity, commitment) = (reader.Bytes(MaximumIdentity), reader.Hash());
        return reader.Ended ? Of(identity, commitment) : new Refusal(RefusalCode.InputMalformed, "this is not an input of DiSE");
    }

    /// <summary>Identity behind its length, commitment.</summary>
    public byte[] ToBytes() => new CanonicalWriter().Bytes(Identity.Span).Hash(Commitment).ToArray();

    /// <summary>H₂C(x): 64 uniform bytes by expand_message_xmd, mapped to the group (the construction of RFC 9380, appendix B, with SHA-256).</summary>
    internal GroupElement ToElement()
    {
        Span<byte> uniform = stackalloc byte[Ristretto255Group.UniformLength];
        ExpandMessage.Xmd(ToBytes(), Tag, uniform);
        return PrimeGroup.Ristretto255.MapUniform(uniform);
    }
}
