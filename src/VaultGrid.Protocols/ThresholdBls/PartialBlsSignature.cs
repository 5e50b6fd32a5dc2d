using VaultGrid.Crypto.Bls12381;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.ThresholdBls;

/// <summary>One holder's part of a signature: σ_i = s_i·H(m).</summary>
public sealed record PartialBlsSignature(PartyIndex Party, BlsSignature Signature)
{
    /// <summary>Reads what <see cref="ToBytes"/> wrote: on the curve, in the group.</summary>
    public static Outcome<PartialBlsSignature> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        var party = reader.Party();
        var encoded = reader.Fixed(BlsSignature.Length);
        return reader.Ended && BlsSignature.Parse(encoded).Is(out var signature, out _)
            ? new PartialBlsSignature(party, signature)
            : new Refusal(RefusalCode.InputMalformed, "this is not part of a BLS signature");
    }

    /// <summary>Party, σ_i compressed: 97 bytes.</summary>
    public byte[] ToBytes() => new CanonicalWriter().Party(Party).Fixed(Signature.Compressed).ToArray();
}
