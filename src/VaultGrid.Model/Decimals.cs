using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Model;

/// <summary>The one decimal form of a number: ASCII digits, no sign, no leading zero.</summary>
internal static class Decimals
{
    public static bool TryParse([NotNullWhen(true)] string? text, out ulong value)
    {
        value = 0;
        if (string.IsNullOrEmpty(text) || text.Length > 19 || (text[0] == '0' && text.Length > 1)) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = (value * 10) + (ulong)(c - '0');
        }

        return true;
    }
}
