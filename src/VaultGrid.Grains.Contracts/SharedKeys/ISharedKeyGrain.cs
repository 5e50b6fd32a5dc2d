namespace VaultGrid.Grains;

/// <summary>
/// One key that nodes generated together (key: the hash of its birth record): its public data, its versions, its use. Nothing in it is trusted by enclaves; they
/// check every version's votes, and every request and call, themselves.
/// </summary>
[Alias("vg.shared.v1")]
public interface ISharedKeyGrain : IGrainWithStringKey
{
    /// <summary>The key, its holders asked now; <c>key.unknown</c>.</summary>
    [Alias("get")]
    Task<Answer<SharedKeyReport>> GetAsync(CancellationToken cancellationToken);

    /// <summary>Its policy in force, without asking a holder; <c>key.unknown</c>.</summary>
    [Alias("policy")]
    Task<Answer<PolicyNews>> GetPolicyAsync(CancellationToken cancellationToken);

    /// <summary>What holders sign about it, for whoever believes no silo.</summary>
    [Alias("evidence")]
    Task<Answer<SharedKeyEvidenceReport>> GetEvidenceAsync(CancellationToken cancellationToken);

    /// <summary>Takes a version that came out of a ceremony, with what proves it.</summary>
    [Alias("learn")]
    Task<Answer<Nothing>> LearnAsync(LearnSharedKey command, CancellationToken cancellationToken);

    /// <summary>Has a message signed: under approvals, or by a signed call.</summary>
    [Alias("sign")]
    Task<Answer<MessageSignatureReport>> SignAsync(SignMessage command, CancellationToken cancellationToken);

    /// <summary>Collects partial evaluations for the caller of a signed call.</summary>
    [Alias("evaluate")]
    Task<Answer<EvaluationsReport>> EvaluateAsync(EvaluateKey command, CancellationToken cancellationToken);

    /// <summary>Has every reachable holder back up its share for the key's administrators.</summary>
    [Alias("backup")]
    Task<Answer<StatementsReport>> BackupAsync(BackupSharedKey command, CancellationToken cancellationToken);

    /// <summary>Starts a refresh that is due, or answers the one that runs; <c>state.conflict</c> where none is due.</summary>
    [Alias("refresh")]
    Task<Answer<CeremonyReport>> RefreshAsync(CancellationToken cancellationToken);

    /// <summary>Has a holder's lost share repaired by f + 1 others.</summary>
    [Alias("repair")]
    Task<Answer<CeremonyReport>> RepairAsync(NodeId node, CancellationToken cancellationToken);

    /// <summary>Has every holder carry out an approved request by itself: deletion, a fresh device of a holder, a share's restoration, a change of policy.</summary>
    [Alias("perform")]
    Task<Answer<SharesPerformed>> PerformAsync(PerformOnShares command, CancellationToken cancellationToken);

    /// <summary>Looks after the key: brings versions to holders that missed them, repairs lost shares, refreshes when it is due.</summary>
    [Alias("tend")]
    Task TendAsync(CancellationToken cancellationToken);
}
