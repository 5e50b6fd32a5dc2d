namespace VaultGrid.Client;

/// <summary>
/// Keys that nodes generated together, of which no node has more than a share (docs/hsm.md). Reached as <see cref="IVaultGrid.SharedKeys"/>, through the same doors.
/// Creation, refresh ahead of time, resharing, deletion and restoring are requests, filed and approved as all others are.
/// </summary>
/// <remarks>
/// Whoever answers is believed nothing: holders check calls and approvals themselves, versions carry a quorum of D keys' signatures, signatures verify under the public
/// key, and evaluations are sealed to the caller and carry proofs. VaultGrid.Client.Secrets checks all of it.
/// </remarks>
public interface ISharedKeyGrid
{
    /// <summary>Keys by page, in order of name.</summary>
    Task<Outcome<Page<SharedKeyStatus>>> ListAsync(SharedKeyQuery query, CancellationToken cancellationToken);

    /// <summary>One key by the hash of its birth record, its holders asked now.</summary>
    Task<Outcome<SharedKeyStatus>> GetAsync(Hash256 key, CancellationToken cancellationToken);

    /// <summary>What proves a key and its version in force to whoever believes no silo.</summary>
    Task<Outcome<SharedKeyEvidence>> GetEvidenceAsync(Hash256 key, CancellationToken cancellationToken);

    /// <summary>Has a message signed by the caller's own signed call, where the key's policy permits it. It may be repeated until it expires.</summary>
    Task<Outcome<MessageSignatureStatus>> SignAsync(Hash256 key, KeyCall call, CancellationToken cancellationToken);

    /// <summary>Collects partial evaluations of a DiSE key, sealed to the call's answer key. A holder answers a call once.</summary>
    Task<Outcome<KeyEvaluations>> EvaluateAsync(Hash256 key, KeyCall call, CancellationToken cancellationToken);

    /// <summary>Has every holder back up its share for a quorum of the key's administrators.</summary>
    Task<Outcome<KeyBackup>> BackupAsync(Hash256 key, BackupOrder order, CancellationToken cancellationToken);

    /// <summary>Begins a refresh that the key's policy says is due, or tells of the one that runs.</summary>
    Task<Outcome<CeremonyStatus>> RefreshAsync(Hash256 key, CancellationToken cancellationToken);

    /// <summary>Has a lost share repaired for its holder by f + 1 others, who don't learn it.</summary>
    Task<Outcome<CeremonyStatus>> RepairAsync(Hash256 key, NodeId holder, CancellationToken cancellationToken);

    /// <summary>How far a ceremony has come.</summary>
    Task<Outcome<CeremonyStatus>> GetCeremonyAsync(Hash256 ceremony, CancellationToken cancellationToken);
}
