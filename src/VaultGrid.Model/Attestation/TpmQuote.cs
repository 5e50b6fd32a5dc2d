using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>A quote of a TPM 2.0, as the TPM made it.</summary>
/// <param name="Attested">TPMS_ATTEST: PCR digest, firmware, clock, extra data.</param>
/// <param name="Signature">TPMT_SIGNATURE over it.</param>
/// <param name="Key">TPM2B_PUBLIC of the restricted key that signed: who wants more than the enclave's word compares it with the TPM's.</param>
public sealed record TpmQuote(ReadOnlyMemory<byte> Attested, ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> Key)
{
    private const int Limit = 2048;

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, TpmQuote quote)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(quote);
        writer.Bytes(quote.Attested.Span).Bytes(quote.Signature.Span).Bytes(quote.Key.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static TpmQuote Read(ref WireReader reader) => new(reader.Bytes(Limit).ToArray(), reader.Bytes(Limit).ToArray(), reader.Bytes(Limit).ToArray());
}
