using System.CommandLine;
using Microsoft.Extensions.Options;
using VaultGrid.Silo.Engine;

namespace VaultGrid.Silo.Hosting;

/// <summary>The command line of <c>vaultgrid-silo</c>. Exit codes: 0 stopped as told, 1 the silo can't run, 2 usage.</summary>
internal static class SiloCommand
{
    public static RootCommand Root()
    {
        var config = new Option<FileInfo?>("--config") { Description = "JSON file with the section VaultGrid (silo-config/ has profiles)", HelpName = "FILE" };
        var set = new Option<string[]>("--set") { Description = "one setting, such as VaultGrid:Storage:Kind=sqlite; may be repeated", HelpName = "KEY=VALUE" };
        var run = new Command("run", "Serve until stopped. Environment variables VaultGrid__… override the file, --set overrides both.") { config, set };
        run.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(config), parsed.GetValue(set) ?? [], cancel));
        return new RootCommand($"A silo of a VaultGrid: runs the grid's grains ({EngineName.Current} engine) and reaches the enclaves at its sockets. It holds no secrets.") { run };
    }

    private static async Task<int> RunAsync(FileInfo? config, string[] settings, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = SiloHost.Build(config?.FullName, Settings(settings));
            await app.RunAsync(cancellationToken);
            return 0;
        }
        catch (Exception failure) when (Sentence(failure) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"vaultgrid-silo: error: {sentence}");
            return 1;
        }
    }

    private static Dictionary<string, string?> Settings(string[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) throw new SiloStartException($"'{setting}' is no setting: KEY=VALUE is expected");
            all[setting[..equals]] = setting[(equals + 1)..];
        }

        return all;
    }

    private static string? Sentence(Exception failure) => failure switch
    {
        SiloStartException start => start.Message,
        OptionsValidationException options => string.Join("; ", options.Failures),
        InvalidOperationException { InnerException: { } inner } => Sentence(inner) ?? failure.Message,
        InvalidOperationException or InvalidDataException or FormatException => failure.Message,
        IOException or UnauthorizedAccessException or System.Data.Common.DbException => failure.Message,
        AggregateException { InnerExceptions: [var only] } => Sentence(only),
        _ => failure.GetType().Name == "RelayStartException" ? failure.Message : null,
    };
}
