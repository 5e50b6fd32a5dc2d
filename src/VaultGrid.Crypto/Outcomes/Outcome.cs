using System.Diagnostics.CodeAnalysis;

namespace VaultGrid;

/// <summary>Either the value that was asked for or the reason why there is none.</summary>
public readonly struct Outcome<T>
    where T : notnull
{
    private readonly T? _value;
    private readonly Refusal? _refusal;

    private Outcome(T? value, Refusal? refusal) => (_value, _refusal) = (value, refusal);

    /// <summary>True and the value, or false and the refusal. A default outcome is a bug and says so.</summary>
    public bool Is([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (_value, _refusal);
        if (_refusal is null && _value is null) throw new InvalidOperationException("This outcome was never set.");
        return _refusal is null;
    }

    /// <summary>The refusal, or null where there is a value.</summary>
    public Refusal? Refusal => _refusal;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is a refusal instead.</exception>
    public T Value => Is(out var value, out var refusal) ? value : throw new InvalidOperationException(refusal.ToString());

    /// <summary>Goes on with the value, or hands the refusal through.</summary>
    public Outcome<TNext> Then<TNext>(Func<T, Outcome<TNext>> next)
        where TNext : notnull =>
        Is(out var value, out var refusal) ? next(value) : refusal;

    /// <summary>Wraps a value.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>Wraps a refusal.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
