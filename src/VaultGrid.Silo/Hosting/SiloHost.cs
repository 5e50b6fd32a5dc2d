using System.Net;
using Microsoft.Extensions.Logging.Console;
using VaultGrid.Grains;
using VaultGrid.Grains.Enclaves;
using VaultGrid.Silo.Attachment;
using VaultGrid.Silo.Engine;
using VaultGrid.Silo.Health;
using VaultGrid.Silo.History;
using VaultGrid.Telemetry;

namespace VaultGrid.Silo.Hosting;

/// <summary>Puts a silo together: options, storage, engine, grains, attachments, listeners.</summary>
internal static class SiloHost
{
    private const string GrainSection = "VaultGrid:Grains";

    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        nameof(SiloOptions.Name), nameof(SiloOptions.Storage), nameof(SiloOptions.Enclaves), nameof(SiloOptions.Health),
        nameof(SiloOptions.Membership), "Relay", "Grains", "Telemetry",
    };

    /// <param name="config">A JSON file; null for none.</param>
    /// <param name="settings">Settings that override file and environment.</param>
    /// <param name="configure">Adds to the services; for tests.</param>
    /// <exception cref="SiloStartException">The configuration is wrong.</exception>
    public static WebApplication Build(string? config, IDictionary<string, string?> settings, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "vaultgrid-silo" });
        if (config is not null)
        {
            if (!File.Exists(config)) throw new SiloStartException($"there is no configuration file {config}");
            builder.Configuration.AddJsonFile(config, optional: false, reloadOnChange: false);
        }

        builder.Configuration.AddEnvironmentVariables().AddInMemoryCollection(settings);
        var options = ReadOptions(builder.Configuration);
        AddLogging(builder);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        var isTraced = builder.AddVaultGridTelemetry("vaultgrid-silo", options.Name);
        AddServices(builder, options, isTraced);
        configure?.Invoke(builder.Services);
        var relay = RelayComposition.TryAdd(builder, options);
        if (!relay) AddHealthListener(builder, options.Health);

        var app = builder.Build();
        app.UseVaultGridTelemetry();
        if (relay) RelayComposition.Use(app);
        else HealthEndpoints.Map(app);
        return app;
    }

    internal static SiloOptions ReadOptions(ConfigurationManager configuration)
    {
        var section = configuration.GetSection(SiloOptions.Section);
        foreach (var child in section.GetChildren())
        {
            if (!Known.Contains(child.Key)) throw new SiloStartException($"VaultGrid:{child.Key} is no setting of a silo");
        }

        var options = section.Get<SiloOptions>() ?? new SiloOptions();
        return SiloOptionsCheck.Fault(options) is { } fault ? throw new SiloStartException(fault) : options;
    }

    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // Why a silo can't start is told in one sentence on leaving, not with a stack trace as well.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);

        // Standard output is for results; a silo has none.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void AddServices(WebApplicationBuilder builder, SiloOptions options, bool isTraced)
    {
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddOptions<GridGrainOptions>().BindConfiguration(GrainSection, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddVaultGridGrains();
        services.AddSingleton<SocketAttachments>();
        services.AddSingleton<IEnclaveAttachments>(provider => provider.GetRequiredService<SocketAttachments>());
        services.AddSingleton<SiloReadiness>();

        // Hosted services start in this order and stop in the other: history, engine, then the announcement of what is attached.
        HistoryComposition.Add(services, options.Storage);
        builder.AddGridEngine(EngineOptions(options), isTraced ? Trace : null);
        services.AddHostedService<AttachmentAnnouncer>();
    }

    private static void Trace(ISiloBuilder silo) => silo.AddOutgoingGrainCallFilter<OutgoingTrace>().AddIncomingGrainCallFilter<IncomingTrace>();

    private static GridEngineOptions EngineOptions(SiloOptions options)
    {
        var engine = new GridEngineOptions
        {
            SqliteFile = options.Storage.Kind == "sqlite" ? Path.Combine(options.Storage.Directory!, "grains.db") : null,
            PostgresConnection = options.Storage.Connection,
            Name = options.Name,
            ClusterId = options.Membership.ClusterId,
            ServiceId = options.Membership.ServiceId,
            Address = IPAddress.Parse(options.Membership.Address),
            SiloPort = options.Membership.SiloPort,
            GatewayPort = options.Membership.GatewayPort,
        };
        foreach (var assembly in GrainAssemblies.All) engine.Assemblies.Add(assembly);
        foreach (var enclave in options.Enclaves) engine.Enclaves.Add(enclave.Node);
        foreach (var grain in GrainServices.AttachedGrains) engine.AttachedGrains.Add(grain);
        return engine;
    }

    private static void AddHealthListener(WebApplicationBuilder builder, HealthOptions health) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(IPAddress.Parse(health.Listen), health.Port ?? 0);
    });
}
