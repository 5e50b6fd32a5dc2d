using System.Diagnostics;

namespace VaultGrid.Testing.Hardware;

/// <summary>Runs the tools of emulated hardware.</summary>
internal static class Tools
{
    /// <summary>Runs one to its end; its standard output.</summary>
    /// <exception cref="InvalidOperationException">It failed; its output is in the message.</exception>
    public static string Run(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result : throw new InvalidOperationException($"{program} failed: {output.Result}{error.Result}");
    }

    /// <summary>True where a program is on the PATH.</summary>
    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
