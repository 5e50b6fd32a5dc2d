namespace VaultGrid.Embedded.Storage;

/// <summary>What a parameter of a statement is given: a number, a text, bytes or NULL.</summary>
#pragma warning disable CA1815, CA2225 // Handed over and forgotten: never compared, and made by assigning.
public readonly struct SqliteValue
#pragma warning restore CA1815, CA2225
{
    private SqliteValue(object? value, long number) => (Reference, Number) = (value, number);

    /// <summary>The number, where <see cref="Reference"/> says that it is one.</summary>
    internal long Number { get; }

    /// <summary>The text (string), the bytes (byte[]) or null; a mark for numbers.</summary>
    internal object? Reference { get; }

    internal static object IsNumber { get; } = new();

    public static implicit operator SqliteValue(long number) => new(IsNumber, number);

    public static implicit operator SqliteValue(long? number) => number is { } known ? known : default;

    public static implicit operator SqliteValue(string? text) => new(text, 0);

    public static implicit operator SqliteValue(byte[]? bytes) => new(bytes, 0);
}
