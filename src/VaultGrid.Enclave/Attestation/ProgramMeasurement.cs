using System.Security.Cryptography;

namespace VaultGrid.Enclave;

/// <summary>The measurement of this program: its executable and every library beside it, read once when it is first asked for.</summary>
internal static class ProgramMeasurement
{
    private static readonly Lazy<Hash256> Measured = new(() => Of(AppContext.BaseDirectory));

    /// <summary>The running program's.</summary>
    public static Hash256 Value => Measured.Value;

    /// <summary>The measurement of the program in a folder.</summary>
    public static Hash256 Of(string folder) => Model.Attestation.MeasurementOf(
        Directory.EnumerateFiles(folder).Where(IsProgram).Select(file => (Path.GetFileName(file), HashOf(file))));

    private static bool IsProgram(string path) => Path.GetFileName(path) is var name
        && (name.EndsWith(".dll", StringComparison.Ordinal) || name.EndsWith(".so", StringComparison.Ordinal) || name.Contains(".so.", StringComparison.Ordinal)
            || name.EndsWith(".runtimeconfig.json", StringComparison.Ordinal) || name.EndsWith(".deps.json", StringComparison.Ordinal) || !name.Contains('.', StringComparison.Ordinal));

    private static Hash256 HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return new Hash256(SHA256.HashData(file));
    }
}
