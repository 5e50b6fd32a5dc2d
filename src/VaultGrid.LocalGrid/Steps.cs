namespace VaultGrid.LocalGrid;

/// <summary>A refusal where none is expected ends the bringing up.</summary>
internal static class Steps
{
    public static T Done<T>(Outcome<T> outcome, string what)
        where T : notnull =>
        outcome.Is(out var value, out var refusal) ? value : throw new LocalGridException($"{what} was refused: {refusal}");
}
