using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>
/// One signing session as its caller sees it (key: its id, 32 random bytes in hex): the coordinator chooses participants, carries their packets, and
/// when a try fails makes another with others, under a new id, by itself. What came of it is kept with its journal.
/// </summary>
[Alias("vg.session.v1")]
public interface ISigningSessionGrain : IGrainWithStringKey
{
    /// <summary>Runs the session to its end, a signature or a refusal; a session that has ended answers what came of it. Its journal is at hand then, and not yet written.</summary>
    [Alias("run")]
    Task<SessionReport> RunAsync(SessionOrder order, CancellationToken cancellationToken);

    /// <summary>Writes the journal of a session that has ended: whoever had it run has it kept beside what it writes of it itself.</summary>
    [Alias("keep")]
    Task KeepAsync(CancellationToken cancellationToken);

    /// <summary>The journal of a session that has ended; <c>session.unknown</c>.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<Answer<SessionReport>> GetAsync(CancellationToken cancellationToken);
}
