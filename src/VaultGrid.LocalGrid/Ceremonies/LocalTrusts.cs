using System.Security.Cryptography;
using VaultGrid.Model.Certificates;

namespace VaultGrid.LocalGrid;

/// <summary>Writes Trusts of a grid on this machine, has operators sign them and HSMs seal them, through the relay.</summary>
public sealed class LocalTrusts
{
    private readonly ITrustGrid _grid;

    internal LocalTrusts(ITrustGrid grid) => _grid = grid;

    /// <summary>The id of a new chain.</summary>
    public static TrustId NewChain() => TrustId.FromRandom(RandomNumberGenerator.GetBytes(16));

    /// <summary>The id of a new Domain.</summary>
    public static DomainId NewDomain() => DomainId.FromRandom(RandomNumberGenerator.GetBytes(16));

    /// <summary>A node's public keys for a chain.</summary>
    public async Task<TrustHsm> HsmAsync(TrustId chain, NodeId node, CancellationToken cancellationToken)
    {
        var status = Steps.Done(await _grid.NewHsmKeyAsync(chain, new HsmKeyRequest(node, "p256"), cancellationToken).ConfigureAwait(false), $"the wrap key of node {node}");
        return Steps.Done(HsmKey.Parse(status.Document.Span, new CertificateCache()), $"the wrap key of node {node}").Hsm;
    }

    /// <summary>Writes a Trust down.</summary>
    public static TrustBody Write(TrustBody? before, TrustId chain, IEnumerable<TrustHsm> hsms, IEnumerable<LocalOperator> operators, int quorum) =>
        Steps.Done(TrustBody.Create(before, chain, hsms, operators.Select(each => each.Certificate), quorum), "the Trust");

    /// <summary>Files a Trust with the signatures of some operators.</summary>
    public async Task<TrustStatus> FileAsync(TrustBody body, IEnumerable<LocalOperator> signers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signers);
        var trust = Trust.Of(body);
        foreach (var signer in signers) trust = Steps.Done(trust.With(signer.Sign(body)), "a signature");
        return Steps.Done(await _grid.FileTrustAsync(new TrustSubmission(trust.ToBytes()), cancellationToken).ConfigureAwait(false), "filing the Trust");
    }

    /// <summary>Files, signs and has it sealed.</summary>
    /// <exception cref="LocalGridException">It was refused.</exception>
    public async Task<Trust> MakeAsync(TrustBody body, IEnumerable<LocalOperator> signers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        _ = await FileAsync(body, signers, cancellationToken).ConfigureAwait(false);
        var status = Steps.Done(await _grid.SealTrustAsync(body.Hash, new TrustSealing(), cancellationToken).ConfigureAwait(false), $"sealing Trust {body.Number}");
        return Steps.Done(Trust.Parse((status.Document ?? default).Span, new CertificateCache()), $"Trust {body.Number}");
    }
}
