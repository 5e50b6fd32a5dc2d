using System.Buffers.Binary;
using System.Security.Cryptography;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>Verifies a TPM's quote (TPM 2.0 Library part 2, §10.12): that its restricted key signed it over the data that was asked for.</summary>
public static class TpmQuoteCheck
{
    private const uint Generated = 0xFF544347;
    private const ushort QuoteType = 0x8018;
    private const ushort Ecc = 0x0023;
    private const ushort Sha256 = 0x000B;
    private const ushort Null = 0x0010;
    private const ushort Ecdsa = 0x0018;
    private const ushort NistP256 = 0x0003;
    private const uint FixedTpm = 1 << 1;
    private const uint Restricted = 1 << 16;
    private const uint Decrypt = 1 << 17;
    private const uint Sign = 1 << 18;
    private const int Coordinate = 32;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    /// <param name="quote">The quote.</param>
    /// <param name="data">The extra data that it must have.</param>
    public static string? Fault(TpmQuote quote, Hash256 data)
    {
        ArgumentNullException.ThrowIfNull(quote);
        if (ReadAttested(quote) is not { } attested) return "it is no quote that a TPM made";
        if (attested.ExtraData != data) return "it was made over other data";
        if (ReadKey(quote.Key.Span) is not { } point) return "its key is no restricted P-256 key that stays in its TPM";
        if (ReadSignature(quote.Signature.Span) is not { } signature) return "its signature is none";
        try
        {
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
            return key.VerifyData(quote.Attested.Span, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation) ? null : "its signature is not over it";
        }
        catch (CryptographicException)
        {
            return "its key is not on the curve";
        }
    }

    /// <summary>The digest of the PCRs that it quotes, as 0x hex; empty where it can't be read.</summary>
    public static string PcrDigest(TpmQuote quote) => ReadAttested(quote) is { } attested ? Hex.Encode(attested.Pcrs.Span) : "";

    private static (Hash256 ExtraData, ReadOnlyMemory<byte> Pcrs)? ReadAttested(TpmQuote quote)
    {
        ArgumentNullException.ThrowIfNull(quote);
        var reader = new WireReader(quote.Attested.Span);
        if (reader.U32() != Generated || U16(ref reader) != QuoteType) return null;
        Sized(ref reader);
        var extra = Sized(ref reader).ToArray();

        // TPMS_CLOCK_INFO and the firmware's version.
        reader.Fixed(17);
        reader.Fixed(8);
        var selections = reader.U32();
        for (var i = 0u; i < selections && !reader.Failed; i++)
        {
            U16(ref reader);
            reader.Fixed(reader.U8());
        }

        var pcrs = Sized(ref reader).ToArray();
        return reader.End("a quote", out _) && extra.Length == Hash256.Length ? (new Hash256(extra), pcrs) : null;
    }

    private static ECPoint? ReadKey(ReadOnlySpan<byte> bytes)
    {
        var outer = new WireReader(bytes);
        var reader = new WireReader(Sized(ref outer));
        if (!outer.End("a public area", out _)) return null;
        if (U16(ref reader) != Ecc || U16(ref reader) != Sha256) return null;
        var attributes = reader.U32();
        Sized(ref reader);
        if (U16(ref reader) != Null || U16(ref reader) != Ecdsa || U16(ref reader) != Sha256 || U16(ref reader) != NistP256 || U16(ref reader) != Null) return null;
        var (x, y) = (Padded(Sized(ref reader)), Padded(Sized(ref reader)));
        var fits = (attributes & (FixedTpm | Restricted | Sign | Decrypt)) == (FixedTpm | Restricted | Sign);
        return reader.End("a public area", out _) && fits && x is not null && y is not null ? new ECPoint { X = x, Y = y } : null;
    }

    private static byte[]? ReadSignature(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (U16(ref reader) != Ecdsa || U16(ref reader) != Sha256) return null;
        var (r, s) = (Padded(Sized(ref reader)), Padded(Sized(ref reader)));
        return reader.End("a signature", out _) && r is not null && s is not null ? [.. r, .. s] : null;
    }

    private static ushort U16(ref WireReader reader)
    {
        var at = reader.Fixed(sizeof(ushort));
        return at.IsEmpty ? default : BinaryPrimitives.ReadUInt16BigEndian(at);
    }

    private static ReadOnlySpan<byte> Sized(ref WireReader reader) => reader.Fixed(U16(ref reader));

    private static byte[]? Padded(ReadOnlySpan<byte> number) => number.Length <= Coordinate ? [.. new byte[Coordinate - number.Length], .. number] : null;
}
