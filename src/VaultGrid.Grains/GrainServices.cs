using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VaultGrid.Grains.Approvals;
using VaultGrid.Grains.Authorities;
using VaultGrid.Grains.Bridges;
using VaultGrid.Grains.Clusters;
using VaultGrid.Grains.Enclaves;
using VaultGrid.Grains.Sessions;
using VaultGrid.Grains.Trusts;
using VaultGrid.Grains.SharedKeys;

namespace VaultGrid.Grains;

/// <summary>What grains need besides each other.</summary>
public static class GrainServices
{
    /// <summary>Grain classes that run only where the enclave with their key is attached.</summary>
    public static IReadOnlyList<Type> AttachedGrains { get; } = [typeof(EnclaveGrain)];

    /// <summary>Registers it. The host adds <see cref="IEnclaveAttachments"/>, <see cref="IRequestHistory"/>, <see cref="ITrustCatalogue"/> and options.</summary>
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
        services.AddSingleton<JointExecution>();
        services.TryAddSingleton<IClusterGateways, BridgeGateways>();
        services.AddSingleton<SessionKeyBook>();
        services.AddSingleton<SessionHolderBook>();
        services.AddSingleton<SessionKeyView>();
        services.AddSingleton<SessionGrudges>();
        services.AddSingleton<SessionLoad>();
        services.AddSingleton<SessionInstruments>();
        services.AddSingleton<SessionCoordination>();
        services.AddSingleton<TrustDocuments>();
        services.AddSingleton<TrustTeaching>();
        services.AddSingleton<TrustCheck>();
        services.AddSingleton<SharedKeyDesk>();
        services.AddSingleton<SharedKeyInstruments>();
        return services;
    }
}
