using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Clusters;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Trusts;

/// <summary>Carries out an approved <c>bootstrap-trust</c> that was filed as a request: through the chain, which decides who follows whom.</summary>
internal static class BootstrapSealing
{
    /// <param name="grains">The grains.</param>
    /// <param name="call">Request and approvals; its document is the Trust's body, as the request names it.</param>
    /// <param name="caller">Who filed the request.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<Outcome<Served<Performed>>> PerformAsync(IGrainFactory grains, PerformCall call, string caller, CancellationToken cancellationToken)
    {
        if (!TrustBody.Parse(call.Document.Span, new CertificateCache()).Is(out var body, out var refusal)) return refusal;
        var chain = grains.GetGrain<ITrustChainGrain>(body.Id.ToString());

        // Signatures that operators have given it already stay.
        var filed = await chain.FileAsync(new FileTrust(Trust.Of(body).ToBytes(), caller), cancellationToken);
        if (!filed.ToOutcome().Is(out var report, out refusal)) return refusal;
        if (report.State == TrustState.Unsigned)
        {
            var approvals = call.Approvals.Select(approval => new GivenApproval(approval.Certificate, approval.Signature));
            var approved = await chain.ApproveAsync(new ApproveTrust(body.Hash, call.Request, [.. approvals]), cancellationToken);
            if (!approved.ToOutcome().Is(out report, out refusal)) return refusal;
            var done = await chain.SealAsync(new SealTrust(body.Hash, null), cancellationToken);
            if (!done.ToOutcome().Is(out report, out refusal)) return refusal;
        }

        return report is { State: TrustState.Signed, SealedBy: { } node }
            ? new Served<Performed>(node, new Performed.TrustSealed(report.Document))
            : new Refusal(RefusalCode.StateConflict, "another Trust took this one's place");
    }
}
