using System.Diagnostics.CodeAnalysis;

namespace VaultGrid.Model;

/// <summary>Which derivation paths a key may be used at: a path in which <c>*</c> stands for any normal index and <c>*'</c> for any hardened one.</summary>
/// <remarks>A pattern has a fixed depth: <c>m/44'/60'/*'/0/*</c> allows <c>m/44'/60'/3'/0/7</c> and no path above or below.</remarks>
public sealed record PathPattern
{
    // Null stands for "any", by kind of index.
    private readonly (uint? Index, bool Hardened)[] _steps;
    private readonly string _text;

    private PathPattern(string text, (uint? Index, bool Hardened)[] steps) => (_text, _steps) = (text, steps);

    /// <summary>Reads a pattern.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PathPattern? pattern)
    {
        pattern = null;
        if (text is null || !DerivationPath.Parse(text.Replace('*', '0')).Is(out var shape, out _)) return false;

        var parts = text.Split('/')[1..];
        var steps = new (uint? Index, bool Hardened)[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var any = parts[i].Contains('*', StringComparison.Ordinal);
            if (any && parts[i] is not ("*" or "*'")) return false;
            var step = shape.Steps[i];
            steps[i] = (any ? null : step, DerivationPath.IsHardened(step));
        }

        pattern = new PathPattern(text, steps);
        return true;
    }

    /// <summary>True where the whole path fits.</summary>
    public bool Allows(DerivationPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Depth == _steps.Length && Fits(path);
    }

    /// <summary>True where the path leads towards paths that fit: such extended public keys may be shown.</summary>
    public bool AllowsAbove(DerivationPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Depth <= _steps.Length && Fits(path);
    }

    /// <inheritdoc/>
    public bool Equals(PathPattern? other) => other?._text == _text;

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => _text;

    private bool Fits(DerivationPath path)
    {
        for (var i = 0; i < path.Depth; i++)
        {
            var (index, hardened) = _steps[i];
            var actual = path.Steps[i];
            if (hardened != DerivationPath.IsHardened(actual) || (index is { } wanted && wanted != actual)) return false;
        }

        return true;
    }
}
