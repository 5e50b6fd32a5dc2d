namespace VaultGrid.Relay.Tests.Grid;

internal static class Outcomes
{
    /// <summary>The value; a refusal fails the test with its own words.</summary>
    public static async Task<T> Value<T>(this Task<Outcome<T>> outcome)
        where T : notnull => (await outcome).Value;

    /// <summary>The code of the refusal; null where there is none.</summary>
    public static async Task<RefusalCode?> Code<T>(this Task<Outcome<T>> outcome)
        where T : notnull => (await outcome).Refusal?.Code;
}
