using System.Formats.Asn1;
using System.Security.Cryptography;

namespace VaultGrid.Model.Certificates;

/// <summary>The few things that every reader of DER here shares.</summary>
internal static class Der
{
    /// <summary>A reader that accepts DER alone: minimal lengths, one encoding per value.</summary>
    public static AsnReader Read(ReadOnlyMemory<byte> der) => new(der, AsnEncodingRules.DER);

    /// <summary>True for what reading hostile bytes throws: bad structure, or a key that the library refuses.</summary>
    public static bool IsMalformed(Exception exception) => exception is AsnContentException or CryptographicException;

    /// <summary>The content octets of a BIT STRING that holds whole octets.</summary>
    public static ReadOnlyMemory<byte> ReadOctetsOfBitString(this AsnReader reader)
    {
        var octets = reader.ReadBitString(out var unused);
        return unused == 0 ? octets : throw new AsnContentException("A BIT STRING of whole octets has unused bits.");
    }

    /// <summary>UTCTime through 2049, GeneralizedTime without fractions after (RFC 5280 §4.1.2.5).</summary>
    public static DateTimeOffset ReadTime(this AsnReader reader)
    {
        if (reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime)) return reader.ReadUtcTime(twoDigitYearMax: 2049);

        var time = reader.ReadGeneralizedTime();
        return time.Year > 2049 && time.Ticks % TimeSpan.TicksPerSecond == 0
            ? time
            : throw new AsnContentException("A time through 2049 is written as UTCTime, a later one without fractions.");
    }

    /// <summary>Writes what <see cref="ReadTime"/> reads; fractions of a second are cut off.</summary>
    public static void WriteTime(this AsnWriter writer, DateTimeOffset time)
    {
        if (time.UtcDateTime.Year <= 2049) writer.WriteUtcTime(time);
        else writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
    }
}
