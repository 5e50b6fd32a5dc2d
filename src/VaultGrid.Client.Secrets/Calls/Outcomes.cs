namespace VaultGrid.Client.Secrets;

internal static class Outcomes
{
    /// <summary>An outcome of an interface's type: only a class converts by itself.</summary>
    public static Outcome<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> value)
    {
        List<T> list = [.. value];
        return list;
    }
}
