using System.Globalization;

namespace VaultGrid.Protocols.Tests;

/// <summary>A generator whose seed a failure prints and VAULTGRID_SEED brings back.</summary>
internal static class Seeded
{
    public static Random New(out string seed)
    {
        var number = Environment.GetEnvironmentVariable("VAULTGRID_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);
        seed = $"VAULTGRID_SEED={number}";
        return new Random(number);
    }
}
