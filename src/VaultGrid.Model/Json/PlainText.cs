using System.Globalization;
using System.Text;

namespace VaultGrid.Model.Json;

/// <summary>Text that looks like what it is: no control characters, nothing that reorders or hides what a person reads.</summary>
public static class PlainText
{
    /// <summary>Hands the text back.</summary>
    /// <exception cref="FormatException">It holds a control, format (bidi, zero-width), surrogate or private-use character.</exception>
    public static string Check(string text)
    {
        if (IsPlainAscii(text)) return text;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsPlain(rune)) throw new FormatException($"a text holds the character U+{rune.Value:X4}, which can't be shown plainly");
        }

        return text;
    }

    /// <summary>True where every character of the text can be shown plainly.</summary>
    public static bool IsPlain(string text)
    {
        if (IsPlainAscii(text)) return true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsPlain(rune)) return false;
        }

        return true;
    }

    private static bool IsPlainAscii(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    // EnumerateRunes yields U+FFFD for a lone surrogate: the replacement character itself is refused with it.
    private static bool IsPlain(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
         UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
