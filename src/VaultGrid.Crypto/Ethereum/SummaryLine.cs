namespace VaultGrid.Crypto.Ethereum;

/// <summary>One line of a transaction's summary. Printable ASCII only: it can't move a cursor, hide text or turn its direction.</summary>
/// <param name="Label">What the line says, such as <c>value</c>; <c>warning</c> for a warning.</param>
/// <param name="Value">What it is.</param>
public readonly record struct SummaryLine(string Label, string Value)
{
    /// <summary>The label of lines that need a second look before an approval.</summary>
    public const string WarningLabel = "warning";

    /// <summary>True for a line that needs a second look before an approval.</summary>
    public bool IsWarning => Label == WarningLabel;

    /// <summary>Label and value on one line.</summary>
    public override string ToString() => $"{Label}: {Value}";
}
