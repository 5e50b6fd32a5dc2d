using Orleans.Concurrency;

namespace VaultGrid.Grains;

/// <summary>
/// One chain of Trusts (key: its id): who may follow whom. Each Trust has one successor, whatever is asked at once and whoever dies meanwhile; every command may be repeated. What it says is
/// no evidence: enclaves verify the documents.
/// </summary>
[Alias("vg.trust.chain.v1")]
public interface ITrustChainGrain : IGrainWithStringKey
{
    /// <summary>Files an unsigned Trust, or adds the signatures that are new.</summary>
    [Alias("file")]
    Task<Answer<TrustReport>> FileAsync(FileTrust command, CancellationToken cancellationToken);

    /// <summary>Adds an operator's signature; one that can't count is refused and changes nothing.</summary>
    [Alias("sign")]
    Task<Answer<TrustReport>> SignAsync(SignTrust command, CancellationToken cancellationToken);

    /// <summary>Adds the administrators' approval to a Bootstrap Trust or its successor.</summary>
    [Alias("approve")]
    Task<Answer<TrustReport>> ApproveAsync(ApproveTrust command, CancellationToken cancellationToken);

    /// <summary>Has an HSM seal a Trust; once it is sealed, answers it.</summary>
    [Alias("seal")]
    Task<Answer<TrustReport>> SealAsync(SealTrust command, CancellationToken cancellationToken);

    /// <summary>The chain; <c>trust.unknown</c>.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<Answer<ChainReport>> GetAsync(CancellationToken cancellationToken);

    /// <summary>Verifies a Trust with the chain that is known before it.</summary>
    [Alias("verify"), AlwaysInterleave]
    Task<Answer<Nothing>> VerifyAsync(GivenDocument trust, CancellationToken cancellationToken);

    /// <summary>Has an HSM make its wrap key for this chain, or show it.</summary>
    [Alias("hsm-key")]
    Task<Answer<HsmKeyReport>> NewHsmKeyAsync(NewHsmKey command, CancellationToken cancellationToken);

    /// <summary>Has an HSM that the newest Trust doesn't name any more wipe its wrap key.</summary>
    [Alias("retire")]
    Task<Answer<GivenDocument>> RetireAsync(NodeId node, CancellationToken cancellationToken);

    /// <summary>Brings a node's enclave to this chain's newest Trust.</summary>
    [Alias("teach"), AlwaysInterleave]
    Task<Answer<Nothing>> TeachAsync(NodeId node, CancellationToken cancellationToken);
}
