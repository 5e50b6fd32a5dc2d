using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace VaultGrid.Relay;

/// <summary>Puts the REST interface into a process: a relay on its own, or a silo that serves it itself.</summary>
/// <example>
/// <code>
/// builder.AddVaultGridRelay();
/// builder.Services.AddSingleton&lt;IVaultGridProvider, …&gt;();
/// var app = builder.Build();
/// app.UseVaultGridRelay();
/// </code>
/// </example>
public static class RelayHosting
{
    /// <summary>Adds the relay: its options (section <see cref="RelayOptions.Section"/>), listener, checks and limits. The host adds an <see cref="IVaultGridProvider"/>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="configure">Changes the options after they have been read.</param>
    /// <exception cref="RelayStartException">The section holds something that is no option.</exception>
    public static WebApplicationBuilder AddVaultGridRelay(this WebApplicationBuilder builder, Action<RelayOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        CheckSection(builder.Configuration.GetSection(RelayOptions.Section));
        var services = builder.Services;
        var options = services.AddOptions<RelayOptions>().BindConfiguration(RelayOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true);
        if (configure is not null) options.Configure(configure);
        options.ValidateOnStart();
        services.AddSingleton<IValidateOptions<RelayOptions>, RelayOptionsAnnotations>();
        services.AddSingleton<IValidateOptions<RelayOptions>, RelayOptionsValidator>();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<RelayOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<RelayOptions>().Limits);
        services.AddSingleton(provider => RelayTls.Load(provider.GetRequiredService<RelayOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => provider.GetRequiredService<RelayTls>().Authorities);
        services.AddSingleton<IRemoteGrids, RemoteGrids>();
        services.AddSingleton<CallerCheck>();
        services.AddSingleton<CallerLimits>();
        services.AddSingleton<AuthorityIntake>();
        services.AddSingleton<Readiness>();
        services.AddHostedService<AuthorityRefresh>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, RelayListener>();
        services.AddVaultGridOpenApi();
        return builder;
    }

    // The binder's own failures are a programmer's; what it can't bind here is an operator's.
    private static void CheckSection(IConfigurationSection section)
    {
        try
        {
            section.Get<RelayOptions>(binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException failure)
        {
            throw new RelayStartException($"{section.Path} can't be read ({failure.Message})", failure);
        }
    }

    /// <summary>Serves the REST interface, its OpenAPI document and its health: everything of <see cref="MapVaultGrid"/> behind the caller's check.</summary>
    public static WebApplication UseVaultGridRelay(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<CallerMiddleware>();
        app.MapVaultGrid();
        app.MapOpenApi("/openapi/{documentName}.json");
        HealthResource.Map(app);
        return app;
    }

    /// <summary>Maps the resources under <c>/v1</c>. They answer verified callers alone, so they need <see cref="UseVaultGridRelay"/>'s checks before them.</summary>
    public static RouteGroupBuilder MapVaultGrid(this IEndpointRouteBuilder endpoints)
    {
        var v1 = endpoints.MapGroup("/v1");
        v1.AddEndpointFilter<QueryFilter>();
        GridResource.Map(v1);
        ClusterResource.Map(v1);
        NodeResource.Map(v1);
        AuthorityResource.Map(v1);
        RequestResource.Map(v1);
        KeyResource.Map(v1);
        DoorResource.Map(v1);
        SessionResource.Map(v1);
        TrustResource.Map(v1);
        ChainResource.Map(v1);
        OperatorResource.Map(v1);
        DomainResource.Map(v1);
        AuditResource.Map(v1);
        SharedKeyResource.Map(v1);
        return v1;
    }
}
