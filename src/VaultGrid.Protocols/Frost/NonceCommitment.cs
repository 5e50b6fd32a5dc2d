using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Frost;

/// <summary>A signer's commitment to one pair of nonces (round 1): D = d·G, E = e·G.</summary>
public sealed record NonceCommitment(PartyIndex Party, GroupElement Hiding, GroupElement Binding)
{
    /// <summary>Reads what <see cref="ToBytes"/> wrote: neither element is the identity.</summary>
    public static Outcome<NonceCommitment> Parse(PrimeGroup group, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(group);
        var reader = new CanonicalReader(bytes);
        var commitment = Read(ref reader, group);
        return reader.Ended ? commitment : new Refusal(RefusalCode.InputMalformed, "this is not a commitment to nonces");
    }

    /// <summary>Party, D, E.</summary>
    public byte[] ToBytes()
    {
        var writer = new CanonicalWriter();
        Write(writer, this);
        return writer.ToArray();
    }

    internal static void Write(CanonicalWriter writer, NonceCommitment commitment) =>
        writer.Party(commitment.Party).Element(commitment.Hiding).Element(commitment.Binding);

    internal static NonceCommitment Read(ref CanonicalReader reader, PrimeGroup group) => new(reader.Party(), reader.Element(group), reader.Element(group));
}
