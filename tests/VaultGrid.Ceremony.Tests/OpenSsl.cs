using System.Diagnostics;

namespace VaultGrid.Ceremony.Tests;

/// <summary>The real <c>openssl</c>, which knows nothing of VaultGrid.</summary>
internal static class OpenSsl
{
    public static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    public static string Succeeds(params string[] arguments)
    {
        var (code, output) = Run(arguments);
        Assert.True(code == 0, $"openssl {string.Join(' ', arguments)}: {output}");
        return output;
    }

    public static string Fails(params string[] arguments)
    {
        var (code, output) = Run(arguments);
        Assert.True(code != 0, $"openssl {string.Join(' ', arguments)} succeeded: {output}");
        return output;
    }
}
