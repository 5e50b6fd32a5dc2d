namespace VaultGrid.Silo.Engine.Placement;

/// <summary>How a silo tells the others which enclaves are attached to it: one metadata value, keys separated by commas.</summary>
public static class AttachedEnclaves
{
    public const string MetadataKey = "vaultgrid.enclaves";

    /// <exception cref="ArgumentException">A key is empty or contains a comma.</exception>
    public static string Format(IEnumerable<string> enclaves)
    {
        ArgumentNullException.ThrowIfNull(enclaves);
        return string.Join(',', enclaves.Select(key => key.Length > 0 && !key.Contains(',', StringComparison.Ordinal)
            ? key
            : throw new ArgumentException($"'{key}' is no key of an enclave: it has the form cluster/node.", nameof(enclaves))));
    }

    /// <summary>True if the value lists the enclave.</summary>
    public static bool Lists(string? value, string enclave) =>
        value is not null && value.Split(',').Contains(enclave, StringComparer.Ordinal);
}
