using Microsoft.Extensions.DependencyInjection;
using VaultGrid.Grains.Approvals;
using VaultGrid.Grains.Authorities;
using VaultGrid.Grains.Bridges;
using VaultGrid.Grains.Clusters;
using VaultGrid.Grains.Enclaves;

namespace VaultGrid.Grains;

/// <summary>What grains need besides each other.</summary>
public static class GrainServices
{
    /// <summary>Grain classes that run only where the enclave with their key is attached.</summary>
    public static IReadOnlyList<Type> AttachedGrains { get; } = [typeof(EnclaveGrain)];

    /// <summary>Registers it. The host adds <see cref="IEnclaveAttachments"/>, <see cref="IRequestHistory"/> and options.</summary>
    public static IServiceCollection AddVaultGridGrains(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<AuthoritiesView>();
        services.AddSingleton<PolicyView>();
        services.AddSingleton<ApprovalScreen>();
        services.AddSingleton<BridgeAdmission>();
        services.AddSingleton<EnclaveInstruments>();
        services.AddSingleton<ClusterInstruments>();
        services.AddSingleton<ApprovalInstruments>();
        return services;
    }
}
