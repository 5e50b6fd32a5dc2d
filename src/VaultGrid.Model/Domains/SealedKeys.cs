using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>A Domain without the Trust that it stands under, which its keys name: what is stored and sent where many Domains share one Trust.</summary>
/// <param name="Keys">Its keys.</param>
/// <param name="Seal">The seal of an HSM of that Trust.</param>
public sealed record SealedKeys(DomainKeys Keys, HsmSeal Seal)
{
    /// <summary>The most bytes.</summary>
    public const int ByteLimit = DomainKeys.ByteLimit + (16 * 1024);

    /// <summary>A Domain's keys and seal.</summary>
    public static SealedKeys Of(Domain domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return new SealedKeys(domain.Keys, domain.Seal);
    }

    /// <summary>The Domain; that the Trust is the right one says <see cref="Domain.Check"/>.</summary>
    public Domain Under(Trust trust) => new(trust, Keys, Seal);

    /// <summary>Writes it down: <c>bytes keys ‖ cert ‖ time ‖ bytes signature</c>.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().Bytes(Keys.Bytes.Span);
        HsmSeal.Write(writer, Seal);
        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; <c>domain.malformed</c> for anything else.</summary>
    public static Outcome<SealedKeys> Parse(ReadOnlySpan<byte> bytes, CertificateCache certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        var reader = new WireReader(bytes);
        var keys = reader.Bytes(DomainKeys.ByteLimit);
        var seal = HsmSeal.Read(ref reader, certificates);
        if (!reader.End("the Domain's keys and seal", out var refusal, RefusalCode.DomainMalformed)) return refusal;
        return DomainKeys.Parse(keys).Then<SealedKeys>(parsed => new SealedKeys(parsed, seal!));
    }
}
