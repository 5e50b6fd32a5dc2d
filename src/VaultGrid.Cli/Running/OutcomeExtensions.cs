namespace VaultGrid.Cli.Running;

internal static class OutcomeExtensions
{
    /// <summary>The value; a refusal ends the command.</summary>
    public static T OrEnd<T>(this Outcome<T> outcome)
        where T : notnull =>
        outcome.Is(out var value, out var refusal) ? value : throw CommandEndedException.Refused(refusal);

    /// <summary>The value; a refusal ends the command and says what it was about.</summary>
    public static T OrEnd<T>(this Outcome<T> outcome, string about)
        where T : notnull =>
        outcome.Is(out var value, out var refusal) ? value : throw CommandEndedException.Refused(refusal with { Detail = $"{about}: {refusal.Detail}" });

    /// <summary>The value once it is there; a refusal ends the command.</summary>
    public static async Task<T> OrEnd<T>(this Task<Outcome<T>> outcome)
        where T : notnull => (await outcome).OrEnd();
}
