using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Model;

/// <summary>The id of a Domain, kept through every rotation: a UUID in lower-case 8-4-4-4-12 form, 16 bytes big-endian in binary.</summary>
public readonly record struct DomainId(Guid Value)
{
    /// <summary>Makes an id of 16 random bytes.</summary>
    public static DomainId FromRandom(ReadOnlySpan<byte> random16) => new(new Guid(random16, bigEndian: true));

    /// <summary>Reads the lower-case form only.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DomainId id)
    {
        var ok = Guid.TryParseExact(text, "D", out var value) && value.ToString("D") == text;
        id = ok ? new DomainId(value) : default;
        return ok;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
