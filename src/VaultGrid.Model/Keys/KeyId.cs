using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Model;

/// <summary>The name that people give a key: 1 to 64 of <c>a-z 0-9 -</c>, starting with a letter.</summary>
public readonly record struct KeyId
{
    private readonly string? _name;

    private KeyId(string name) => _name = name;

    /// <summary>The name of the policy that an enclave is given at provisioning: a key id that no key may have.</summary>
    public static KeyId Provisioning { get; } = new("provisioning");

    /// <summary>Reads a key id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out KeyId id)
    {
        id = default;
        if (text is not { Length: >= 1 and <= 64 } || !char.IsAsciiLetterLower(text[0])) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-') return false;
        }

        id = new KeyId(text);
        return true;
    }

    /// <exception cref="FormatException">The text is no key id.</exception>
    public static KeyId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException($"'{text}' is not a key id: 1 to 64 of a-z, 0-9 and '-', starting with a letter");

    /// <inheritdoc/>
    public override string ToString() => _name ?? throw new InvalidOperationException("This key id was never set.");
}
