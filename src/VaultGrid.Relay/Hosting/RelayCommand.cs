using System.CommandLine;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using VaultGrid.Telemetry;

namespace VaultGrid.Relay;

/// <summary>The command line of <c>vaultgrid-relay</c>. Exit codes: 0 stopped as told, 1 the relay can't run, 2 usage.</summary>
internal static class RelayCommand
{
    public const int Usage = 2;

    public static RootCommand Root()
    {
        var config = new Option<FileInfo>("--config") { Description = "JSON file with the section VaultGrid:Relay", Required = true, HelpName = "FILE" };
        var upstream = new Option<Uri?>("--upstream")
        {
            Description = "the relay that calls are forwarded to (https://host:port)",
            HelpName = "URL",
            CustomParser = result =>
            {
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url)) return url;
                result.AddError("--upstream is a URL: https://host:port");
                return null;
            },
        };
        var run = new Command("run", "Serve until stopped. Environment variables VaultGrid__Relay__… override the file.") { config, upstream };
        run.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(config)!, parsed.GetValue(upstream), cancel));
        return new RootCommand("The REST interface of a VaultGrid in a process of its own: it holds no secrets and decides nothing.") { run };
    }

    private static async Task<int> RunAsync(FileInfo config, Uri? upstream, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = Build(config, upstream);
            await app.StartAsync(cancellationToken);
            foreach (var address in app.Urls) await Console.Error.WriteLineAsync($"vaultgrid-relay: listening on {address}");
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception failure) when (Sentence(failure) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"vaultgrid-relay: error: {sentence}");
            return 1;
        }
    }

    private static WebApplication Build(FileInfo config, Uri? upstream)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddJsonFile(config.FullName, optional: false).AddEnvironmentVariables();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // Why a relay can't start is told in one sentence on leaving, not with a stack trace as well.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseKestrelHttpsConfiguration().UseKestrelCore();
        builder.Services.AddRoutingCore();
        if (builder.Configuration.GetSection($"{RelayOptions.Section}:{nameof(RelayOptions.Remotes)}").Exists())
            throw new RelayStartException($"{RelayOptions.Section}:Remotes belongs to the silos, whose coordinators go there: a relay on its own has none");
        upstream ??= builder.Configuration.GetValue<Uri?>($"{RelayOptions.Section}:{nameof(RelayOptions.Upstream)}");

        // Hosted services start in order: the grid is reached before it is asked for anything, and before anybody can call.
        var isTraced = builder.AddVaultGridTelemetry("vaultgrid-relay", Environment.MachineName);
        GridBehind.Add(builder, upstream, isTraced);
        builder.AddVaultGridRelay(options => options.Upstream = upstream);
        return builder.Build().UseVaultGridTelemetry().UseVaultGridRelay();
    }

    private static string? Sentence(Exception failure) => failure switch
    {
        RelayStartException start => start.Message,
        OptionsValidationException options => string.Join("; ", options.Failures),
        InvalidDataException or FileNotFoundException or FormatException => failure.Message,
        InvalidOperationException { InnerException: { } inner } => Sentence(inner) ?? failure.Message,
        IOException => failure.Message,
        _ => null,
    };
}
