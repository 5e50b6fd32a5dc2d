using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Authorities;
using VaultGrid.Grains.Enclaves;

namespace VaultGrid.Grains.Trusts;

/// <summary>
/// One chain. What an HSM was asked to seal is written down before it is asked: if its answer is lost with this silo, no other Trust is brought to an HSM before
/// that one's fate is known. So one follows one, whatever is asked at once.
/// </summary>
internal sealed partial class TrustChainGrain(
    [PersistentState("chain")] IPersistentState<TrustChainState> stored,
    ITrustCatalogue catalogue,
    TrustDocuments documents,
    TrustTeaching teaching,
    TrustCheck check,
    AuthoritiesView authorities,
    TimeProvider time,
    ILogger<TrustChainGrain> logger) : Grain, ITrustChainGrain
{
    private TrustId _chain;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!TrustId.TryParse(this.GetPrimaryKeyString(), out _chain)) throw new InvalidOperationException("This is no chain's id.");
        return Task.CompletedTask;
    }

    public async Task<Answer<ChainReport>> GetAsync(CancellationToken cancellationToken)
    {
        if (stored.State.Sealed.IsEmpty) return Unknown();
        var (domains, behind) = await catalogue.CountDomainsAsync(_chain, (ulong)stored.State.Sealed.Length, cancellationToken);
        return new ChainReport(_chain, stored.State.Sealed, stored.State.Hsms, [.. stored.State.Retirements.Select(retired => retired.Node)], domains, behind);
    }

    public async Task<Answer<TrustReport>> FileAsync(FileTrust command, CancellationToken cancellationToken)
    {
        if (!Trust.Parse(command.Document.Span, authorities.Certificates).Is(out var trust, out var refusal)) return refusal;
        if (trust.Body.Id != _chain) return new Refusal(RefusalCode.TrustChain, "the Trust is of another chain");
        await TidyAsync(cancellationToken);
        if (trust.Seal is not null) return await ImportAsync(trust, command.Caller, cancellationToken);

        var filed = await Grain(trust.Hash).GetAsync(cancellationToken);
        if (filed.Value is { State: not TrustState.Unsigned } closed) return closed;
        if (TrustDecisions.CheckPlace(trust.Body.Number, trust.Body.Predecessor, stored.State.Sealed) is { } misplaced) return misplaced;
        var known = await authorities.GetAsync(GrainFactory, fresh: false, cancellationToken);
        if (filed.Value is null)
        {
            if (TrustDecisions.CheckHsms(trust.Body, known, time.GetUtcNow()) is { } wrong) return wrong;
            if (stored.State.Pending.Length >= TrustChainState.PendingLimit)
                return new Refusal(RefusalCode.GridOverloaded, $"{TrustChainState.PendingLimit} unsigned Trusts of this chain wait already");
        }

        var report = filed.Value ?? TrustDecisions.File(Trust.Of(trust.Body), command.Caller, time.GetUtcNow());
        foreach (var signature in trust.Signatures)
        {
            if (!(await GatherAsync(report, signature, cancellationToken)).Is(out var next, out refusal)) return refusal;
            report = next;
        }

        if (trust.Approval is { } approval && !WithApproval(report, approval).Is(out report!, out refusal)) return refusal;
        if (ReferenceEquals(report, filed.Value)) return report;
        if (!stored.State.Pending.Contains(report.Trust))
        {
            stored.State.Pending = stored.State.Pending.Add(report.Trust);
            await WriteAsync(cancellationToken);
        }

        await Grain(report.Trust).KeepAsync(report, cancellationToken);
        foreach (var certificate in trust.Body.Operators) await catalogue.SaveOperatorAsync(Operators.Report(certificate), cancellationToken);
        return report;
    }

    public async Task<Answer<TrustReport>> SignAsync(SignTrust command, CancellationToken cancellationToken)
    {
        await TidyAsync(cancellationToken);
        if (!(await OpenAsync(command.Trust, cancellationToken)).Is(out var report, out var refusal)) return refusal;
        if (!authorities.Certificates.Parse(command.Certificate.Span).Is(out var certificate, out refusal)) return refusal;
        if (!(await GatherAsync(report, new OperatorSignature(certificate, command.Signature), cancellationToken)).Is(out var next, out refusal)) return refusal;
        if (!ReferenceEquals(next, report)) await Grain(report.Trust).KeepAsync(next, cancellationToken);
        return next;
    }

    public async Task<Answer<TrustReport>> ApproveAsync(ApproveTrust command, CancellationToken cancellationToken)
    {
        await TidyAsync(cancellationToken);
        if (!(await OpenAsync(command.Trust, cancellationToken)).Is(out var report, out var refusal)) return refusal;
        if (!RequestDocument.Parse(command.Request.Span).Is(out var request, out refusal)) return refusal;
        var approval = new BootstrapApproval(request, [.. command.Approvals.Select(each => new Approval(each.Certificate, each.Signature))]);
        if (!WithApproval(report, approval).Is(out var next, out refusal)) return refusal;
        await Grain(report.Trust).KeepAsync(next, cancellationToken);
        return next;
    }

    public async Task<Answer<TrustReport>> SealAsync(SealTrust command, CancellationToken cancellationToken)
    {
        await TidyAsync(cancellationToken);
        if (!(await FoundAsync(command.Trust, cancellationToken)).Is(out var report, out var refusal)) return refusal;
        if (stored.State.Sealed.Contains(report.Trust)) return report;
        if (stored.State.Tried is { } doubtful && doubtful != report.Trust && await SettleAsync(doubtful, report, cancellationToken) is { } unsettled) return unsettled;
        if (TrustDecisions.CheckPlace(report.Number, report.Predecessor, stored.State.Sealed) is { } misplaced) return misplaced;
        return (await SealNowAsync(report, command.Node, cancellationToken)).Is(out var done, out refusal) ? done : refusal;
    }

    public async Task<Answer<Nothing>> VerifyAsync(GivenDocument trust, CancellationToken cancellationToken) =>
        Trust.Parse(trust.Document.Span, authorities.Certificates).Is(out var parsed, out var refusal)
            && (await check.CheckAsync(GrainFactory, parsed, stored.State.Sealed, cancellationToken)).Is(out _, out refusal)
            ? Nothing.Value
            : refusal;

    public async Task<Answer<HsmKeyReport>> NewHsmKeyAsync(NewHsmKey command, CancellationToken cancellationToken)
    {
        var asked = await GrainFactory.Enclave(command.Node).AskAsync(new ChainKeyCall(_chain, (WrapKeyKind)command.Kind), cancellationToken);
        if (!asked.Is(out var bytes, out var refusal)) return refusal;
        if (!TrustHsm.Parse(bytes.Span, authorities.Certificates).Is(out var hsm, out refusal)) return refusal;
        var report = new HsmKeyReport(command.Node, _chain, command.Kind, hsm.WrapKey.Hash, new HsmKey(_chain, hsm).ToBytes(), IsRetired(command.Node));
        await catalogue.SaveHsmKeyAsync(report, cancellationToken);
        return report;
    }

    public async Task<Answer<GivenDocument>> RetireAsync(NodeId node, CancellationToken cancellationToken)
    {
        if (stored.State.Retirements.FirstOrDefault(each => each.Node == node) is { } known) return new GivenDocument(known.Document);
        if (stored.State.Sealed.IsEmpty) return Unknown();

        // It may not have heard that it is named no more.
        if (!(await teaching.TeachAsync(GrainFactory, node, _chain, stored.State.Sealed, cancellationToken)).Is(out _, out var refusal)) return refusal;
        if (!(await GrainFactory.Enclave(node).AskAsync(new RetireChainCall(_chain), cancellationToken)).Is(out var document, out refusal)) return refusal;
        if (!Retirement.Parse(document.Span, authorities.Certificates).Is(out var retirement, out refusal)) return refusal;

        stored.State.Retirements = stored.State.Retirements.Add(new StoredRetirement(node, document));
        await WriteAsync(CancellationToken.None);
        await RetiredKeyAsync(node, retirement, cancellationToken);
        return new GivenDocument(document);
    }

    public async Task<Answer<Nothing>> TeachAsync(NodeId node, CancellationToken cancellationToken)
    {
        if (stored.State.Sealed.IsEmpty) return Unknown();
        return (await teaching.TeachAsync(GrainFactory, node, _chain, stored.State.Sealed, cancellationToken)).Is(out _, out var refusal) ? Nothing.Value : refusal;
    }
}
