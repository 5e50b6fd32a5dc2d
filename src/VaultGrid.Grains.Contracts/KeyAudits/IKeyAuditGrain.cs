using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>
/// Audits the keys of a cluster (key: its number): every node's part of every key is checked and used, on order or by a reminder, and what came of it is
/// kept. A part that works no more is found and named before it is missed.
/// </summary>
[Alias("vg.key-audit.v1")]
public interface IKeyAuditGrain : IGrainWithStringKey
{
    /// <summary>Begins an audit, or joins the one under way; it goes on by itself.</summary>
    [Alias("start")]
    Task<KeyAuditReport> StartAsync(StartKeyAudit command, CancellationToken cancellationToken);

    /// <summary>The audit under way, else the last one; <c>resource.unknown</c> where there was none.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<Answer<KeyAuditReport>> GetAsync(CancellationToken cancellationToken);

    /// <summary>Sees to it that the reminder is set as the options say.</summary>
    [Alias("watch")]
    Task WatchAsync(CancellationToken cancellationToken);
}

/// <summary>Orders an audit.</summary>
/// <param name="By">Who: a caller's identity, or <see cref="KeyAuditReport.Schedule"/>.</param>
/// <param name="Everything">Whether sessions of keys that several clusters hold are run from here too; else by the first of them alone.</param>
[GenerateSerializer, Immutable, Alias("vg.key-audit.start.v1")]
public sealed record StartKeyAudit([property: Id(0)] string By, [property: Id(1)] bool Everything);
