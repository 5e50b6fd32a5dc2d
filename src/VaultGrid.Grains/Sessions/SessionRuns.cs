using System.Security.Cryptography;

namespace VaultGrid.Grains.Sessions;

/// <summary>Has sessions held.</summary>
internal static class SessionRuns
{
    /// <summary>A new session; its caller has its journal kept (<see cref="ISigningSessionGrain.KeepAsync"/>).</summary>
    public static Task<SessionReport> RunAsync(IGrainFactory grains, SessionOrder order, CancellationToken cancellationToken) =>
        grains.GetGrain<ISigningSessionGrain>(new Hash256(RandomNumberGenerator.GetBytes(Hash256.Length)).ToString()).RunAsync(order, cancellationToken);

    /// <summary>A new session, with its journal written.</summary>
    public static async Task<SessionReport> RunAndKeepAsync(IGrainFactory grains, SessionOrder order, CancellationToken cancellationToken)
    {
        var ended = await RunAsync(grains, order, cancellationToken);
        await KeepAsync(grains, ended.Session, cancellationToken);
        return ended;
    }

    /// <summary>Has a session's journal written; nothing where there was none.</summary>
    public static Task KeepAsync(IGrainFactory grains, Hash256? session, CancellationToken cancellationToken) =>
        session is { } held ? grains.GetGrain<ISigningSessionGrain>(held.ToString()).KeepAsync(cancellationToken) : Task.CompletedTask;
}
