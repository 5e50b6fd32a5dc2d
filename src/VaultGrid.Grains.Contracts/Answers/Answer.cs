namespace VaultGrid.Grains;

/// <summary>What a grain answers: the value that was asked for, or the refusal.</summary>
/// <param name="Value">The value; null where it was refused.</param>
/// <param name="Refusal">The refusal; null where there is a value.</param>
/// <typeparam name="T">The message that is the value.</typeparam>
[GenerateSerializer, Immutable, Alias("vg.answer.v1`1")]
public sealed record Answer<T>([property: Id(0)] T? Value, [property: Id(1)] Refused? Refusal)
    where T : class
{
    /// <summary>Packs a value.</summary>
    public static implicit operator Answer<T>(T value) => new(value, null);

    /// <summary>Packs a refusal.</summary>
    public static implicit operator Answer<T>(Refusal refusal) => new(null, Refused.Of(refusal));

    /// <summary>Packs an outcome.</summary>
    public static implicit operator Answer<T>(Outcome<T> outcome) => outcome.Is(out var value, out var refusal) ? value : refusal;

    /// <summary>Unpacks it.</summary>
    public Outcome<T> ToOutcome() => Refusal is { } refusal
        ? refusal.ToRefusal()
        : Value ?? throw new InvalidOperationException("This answer is neither a value nor a refusal.");
}
