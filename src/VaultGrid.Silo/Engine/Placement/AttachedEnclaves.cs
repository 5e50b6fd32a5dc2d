namespace VaultGrid.Silo.Engine.Placement;

/// <summary>
/// How a silo tells the others which enclaves are attached to it: in its name, <c>name@1/1,1/2</c>. A silo's name stands in the membership table, so whoever knows that
/// a silo is there knows its enclaves too. (Orleans's own silo metadata is fetched from each silo by itself, and not for minutes again where that failed once.)
/// </summary>
public static class AttachedEnclaves
{
    private const char Mark = '@';

    /// <exception cref="ArgumentException">A key is empty or contains a comma.</exception>
    public static string SiloName(string name, IEnumerable<string> enclaves)
    {
        ArgumentNullException.ThrowIfNull(enclaves);
        return name + Mark + string.Join(',', enclaves.Select(key => key.Length > 0 && key.AsSpan().IndexOfAny(',', Mark) < 0
            ? key
            : throw new ArgumentException($"'{key}' is no key of an enclave: it has the form cluster/node.", nameof(enclaves))));
    }

    /// <summary>True if the silo's name lists the enclave.</summary>
    public static bool Lists(string? siloName, string enclave) =>
        siloName?.LastIndexOf(Mark) is >= 0 and var mark && siloName[(mark + 1)..].Split(',').Contains(enclave, StringComparer.Ordinal);
}
