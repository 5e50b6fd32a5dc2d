using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Frost;

/// <summary>A signer's part of a signature (round 2).</summary>
public sealed record SignatureShare(PartyIndex Party, PublicScalar Z)
{
    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<SignatureShare> Parse(PrimeGroup group, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(group);
        var reader = new CanonicalReader(bytes);
        var share = new SignatureShare(reader.Party(), reader.Scalar(group));
        return reader.Ended ? share : new Refusal(RefusalCode.InputMalformed, "this is not a signature share");
    }

    /// <summary>Party, z.</summary>
    public byte[] ToBytes() => new CanonicalWriter().Party(Party).Scalar(Z).ToArray();
}
