using System.Globalization;

namespace VaultGrid.Crypto;

/// <summary>A BIP-32 path from the master key, such as <c>m/44'/60'/0'/0/5</c>. Hardened steps carry <c>'</c> and nothing else.</summary>
public sealed class DerivationPath : IEquatable<DerivationPath>
{
    /// <summary>Added to a step's number if it is hardened.</summary>
    public const uint Hardened = 0x8000_0000;

    /// <summary>The most steps that a path may have. The account schemes in use (BIP-44, 49, 84, 86) have 5.</summary>
    public const int MaximumDepth = 10;

    private readonly uint[] _steps;

    /// <summary>A path of given steps; a hardened one has <see cref="Hardened"/> added.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaximumDepth"/> steps.</exception>
    public DerivationPath(params ReadOnlySpan<uint> steps)
    {
        if (steps.Length > MaximumDepth) throw new ArgumentException($"A path has at most {MaximumDepth} steps.", nameof(steps));
        _steps = steps.ToArray();
    }

    /// <summary>The master key itself, <c>m</c>.</summary>
    public static DerivationPath Master { get; } = new();

    /// <summary>The steps from the master key down.</summary>
    public ReadOnlySpan<uint> Steps => _steps;

    /// <summary>How many steps there are.</summary>
    public int Depth => _steps.Length;

    /// <summary>True if a step is hardened, so that no extended public key leads here.</summary>
    public bool HasHardenedSteps => Array.Exists(_steps, IsHardened);

    /// <summary>True for a hardened step.</summary>
    public static bool IsHardened(uint step) => step >= Hardened;

    /// <summary>Reads what <see cref="ToString"/> writes: <c>m</c>, then steps of decimal digits without leading zeros, at most 2147483647.</summary>
    /// <returns>The path, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<DerivationPath> Parse(string? text)
    {
        if (text is null || text.Length > MaximumDepth * 12 || !(text == "m" || text.StartsWith("m/", StringComparison.Ordinal)))
            return Malformed("it starts with m/");
        if (text == "m") return Master;

        var parts = text[2..].Split('/');
        if (parts.Length > MaximumDepth) return Malformed($"it has at most {MaximumDepth} steps");

        var steps = new uint[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (!TryParseStep(parts[i], out steps[i]))
                return Malformed($"step {i + 1} is not a number up to 2147483647, with ' if it is hardened");
        return new DerivationPath(steps);
    }

    /// <summary>This path and one more step.</summary>
    public DerivationPath Child(uint step) => new([.. _steps, step]);

    /// <summary>True if this path is the other one or goes on from it.</summary>
    public bool StartsWith(DerivationPath other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Depth >= other.Depth && new DerivationPath(_steps.AsSpan(0, other.Depth)).Equals(other);
    }

    /// <inheritdoc/>
    public bool Equals(DerivationPath? other)
    {
        if (other is null || other.Depth != Depth) return false;
        for (var i = 0; i < Depth; i++)
            if (_steps[i] != other._steps[i])
                return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DerivationPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var step in _steps) hash.Add(step);
        return hash.ToHashCode();
    }

    /// <summary>Such as <c>m/84'/0'/0'/0/0</c>.</summary>
    public override string ToString() => string.Concat(["m", .. _steps.Select(Format)]);

    private static string Format(uint step) =>
        IsHardened(step)
            ? string.Create(CultureInfo.InvariantCulture, $"/{step - Hardened}'")
            : string.Create(CultureInfo.InvariantCulture, $"/{step}");

    private static bool TryParseStep(ReadOnlySpan<char> text, out uint step)
    {
        var hardened = text.EndsWith("'");
        var digits = hardened ? text[..^1] : text;
        step = 0;
        if (digits.Length > 1 && digits[0] == '0') return false;
        if (!uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || IsHardened(number)) return false;
        step = hardened ? number | Hardened : number;
        return true;
    }

    private static Refusal Malformed(string why) => new(RefusalCode.InputMalformed, $"this is not a derivation path: {why}");
}
