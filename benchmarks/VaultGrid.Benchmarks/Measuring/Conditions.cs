using System.Globalization;
using System.Runtime.InteropServices;

namespace VaultGrid.Benchmarks;

/// <summary>Under what conditions was measured; nothing that names a machine.</summary>
/// <param name="Text">Cores, memory, system.</param>
/// <param name="Load">The load average (1, 5, 15 minutes).</param>
internal sealed record Conditions(string Text, string Load)
{
    public static Conditions Now() => new(
        string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, .NET {Environment.Version}"),
        File.Exists("/proc/loadavg") ? $"load average {string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3])}" : "load average unknown");

    public override string ToString() => $"{Text}; {Load} at the start";
}
