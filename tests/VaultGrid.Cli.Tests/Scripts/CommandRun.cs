using System.Diagnostics;
using VaultGrid.LocalGrid;

namespace VaultGrid.Cli.Tests.Scripts;

/// <summary>What a shell command came to. No setting of the machine's reaches it.</summary>
internal sealed record CommandRun(string Directory, int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary><c>vaultgrid</c> in it is the program in a process that is there already (<see cref="WarmProgram"/>).</summary>
    public static async Task<CommandRun> OfAsync(string directory, string shell, IReadOnlyDictionary<string, string>? environment = null)
    {
        var warm = WarmProgram.Rent();
        try
        {
            var run = await OfProgramAsync(directory, WarmProgram.Function + shell, new Dictionary<string, string>(environment ?? new Dictionary<string, string>()) { ["WARM"] = warm.Pipes });
            warm.Return();
            return run;
        }
        catch
        {
            warm.Dispose();
            throw;
        }
    }

    /// <summary><c>vaultgrid</c> in it is the program, started anew each time.</summary>
    public static async Task<CommandRun> OfProgramAsync(string directory, string shell, IReadOnlyDictionary<string, string>? environment = null, TimeSpan? within = null)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(shell);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("VAULTGRID_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["PATH"] = $"{Path.GetDirectoryName(LocalProgram.Find(LocalProgram.Cli))}:{start.Environment["PATH"]}";
        start.Environment["VAULTGRID_CONTEXT"] = Path.Combine(directory, "context.json");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(within ?? Patience);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new CommandRun(directory, process.ExitCode, await output, await error);
    }
}
