using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VaultGrid.Model;

/// <summary>The number of a vault cluster, from 1; written in decimal without leading zeros.</summary>
public readonly record struct ClusterId
{
    /// <exception cref="ArgumentOutOfRangeException">The number is 0.</exception>
    public ClusterId(uint number)
    {
        ArgumentOutOfRangeException.ThrowIfZero(number);
        Number = number;
    }

    /// <summary>The number, from 1.</summary>
    public uint Number { get; }

    /// <summary>Reads the decimal form; refuses signs, spaces and leading zeros.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ClusterId id)
    {
        var ok = Decimals.TryParse(text, out var number) && number is > 0 and <= uint.MaxValue;
        id = ok ? new ClusterId((uint)number) : default;
        return ok;
    }

    /// <exception cref="FormatException">The text is no cluster id.</exception>
    public static ClusterId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a cluster number");

    /// <inheritdoc/>
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
