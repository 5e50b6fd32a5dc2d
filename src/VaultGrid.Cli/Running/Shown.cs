using System.Text;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Running;

/// <summary>Text from elsewhere, made fit for a terminal: what could move a cursor, hide or reorder text becomes <c>?</c>.</summary>
internal static class Shown
{
    public static string Plain(string text)
    {
        if (PlainText.IsPlain(text)) return text;
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) plain.Append(PlainText.IsPlain(rune.ToString()) ? rune.ToString() : "?");
        return plain.ToString();
    }
}
