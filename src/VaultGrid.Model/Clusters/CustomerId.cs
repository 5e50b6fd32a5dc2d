using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Model;

/// <summary>The name of a customer whom clusters are assigned to: 1 to 64 of <c>a-z 0-9 -</c>, starting with a letter.</summary>
public readonly record struct CustomerId
{
    private readonly string? _name;

    private CustomerId(string name) => _name = name;

    /// <summary>Reads a customer's name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CustomerId id)
    {
        var fits = text is { Length: >= 1 and <= 64 } && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        id = fits ? new CustomerId(text!) : default;
        return fits;
    }

    /// <inheritdoc/>
    public override string ToString() => _name ?? throw new InvalidOperationException("This customer was never set.");
}
