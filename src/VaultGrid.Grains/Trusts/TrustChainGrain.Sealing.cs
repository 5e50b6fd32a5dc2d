using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Clusters;
using VaultGrid.Grains.Enclaves;

namespace VaultGrid.Grains.Trusts;

/// <content>How a Trust becomes the chain's newest, step by step, each of which may be the silo's last.</content>
internal sealed partial class TrustChainGrain
{
    private ITrustGrain Grain(Hash256 trust) => GrainFactory.GetGrain<ITrustGrain>(trust.ToString());

    private Refusal Unknown() => new(RefusalCode.TrustUnknown, $"the grid knows no Trust of chain {_chain}");

    private bool IsRetired(NodeId node) => stored.State.Retirements.Any(retired => retired.Node == node);

    private async Task<Outcome<TrustReport>> FoundAsync(Hash256 trust, CancellationToken cancellationToken)
    {
        if (!(await Grain(trust).GetAsync(cancellationToken)).ToOutcome().Is(out var report, out var refusal)) return refusal;
        return report.Chain == _chain ? report : new Refusal(RefusalCode.TrustChain, "the Trust is of another chain");
    }

    private async Task<Outcome<TrustReport>> OpenAsync(Hash256 trust, CancellationToken cancellationToken)
    {
        if (!(await FoundAsync(trust, cancellationToken)).Is(out var report, out var refusal)) return refusal;
        return report.State == TrustState.Unsigned
            ? report
            : new Refusal(RefusalCode.StateConflict, report.State == TrustState.Signed ? "an HSM has signed this Trust: it takes no more signatures" : "another Trust took this one's place");
    }

    private Trust Parse(TrustReport report) => Trust.Parse(report.Document.Span, authorities.Certificates).Value;

    private async Task<Trust?> NewestAsync(CancellationToken cancellationToken) =>
        stored.State.Sealed is [.., var newest] ? (await documents.FindAsync(GrainFactory, newest, cancellationToken)).Value : null;

    // The report itself where the operator's signature is there already.
    private async Task<Outcome<TrustReport>> GatherAsync(TrustReport report, OperatorSignature signature, CancellationToken cancellationToken)
    {
        var trust = Parse(report);
        if (trust.Signatures.Any(own => own.Signatory == signature.Signatory)) return report;
        var known = await authorities.GetAsync(GrainFactory, fresh: false, cancellationToken);
        var before = await NewestAsync(cancellationToken);
        if (TrustDecisions.CheckSignature(signature, trust.Body, before?.Body, known, time.GetUtcNow()) is { } wrong) return wrong;
        return trust.With(signature).Then<TrustReport>(next => TrustDecisions.With(report, next, time.GetUtcNow()));
    }

    private Outcome<TrustReport> WithApproval(TrustReport report, BootstrapApproval approval)
    {
        if (approval.Request.Request is not BootstrapTrustRequest request || request.Trust != report.Trust || request.Replaces != report.Predecessor)
            return new Refusal(RefusalCode.TrustBootstrap, "what the administrators approved is not this Trust in this place");
        return TrustDecisions.With(report, Parse(report).With(approval), time.GetUtcNow());
    }

    // The Trust that was tried before comes first: if an HSM sealed it, it is the successor, and the wanted one is told so.
    private async Task<Refusal?> SettleAsync(Hash256 doubtful, TrustReport wanted, CancellationToken cancellationToken)
    {
        if (!(await FoundAsync(doubtful, cancellationToken)).Is(out var report, out var refusal)) return refusal;
        if (TrustDecisions.CheckPlace(report.Number, report.Predecessor, stored.State.Sealed) is null)
        {
            var outcome = await SealNowAsync(report, null, cancellationToken);
            if (outcome.Refusal is null) return null;

            // An HSM that is gone for good is not waited for, once the operators name it no more.
            if (stored.State.TriedAt.Any(node => wanted.Hsms.Contains(node)))
                return new Refusal(RefusalCode.GridUnavailable, $"node {stored.State.TriedAt[0]} may have signed Trust {doubtful} in this place and does not answer; start it, or remove it by the Trust that follows");
        }

        await DoubtAsync(null, [], cancellationToken);
        return null;
    }

    private async Task<Outcome<TrustReport>> SealNowAsync(TrustReport report, NodeId? wanted, CancellationToken cancellationToken)
    {
        // A silo that died between the two writes of the end left this one undone.
        if (report.State == TrustState.Signed) return await TakeAsync(report, Parse(report), cancellationToken);

        var trust = Parse(report);
        var newest = await NewestAsync(cancellationToken);
        var route = TrustDecisions.Sealers(trust.Body, newest?.Body, wanted);
        Refusal? telling = null;
        foreach (var node in route)
        {
            if (stored.State.Tried != report.Trust || !stored.State.TriedAt.Contains(node))
                await DoubtAsync(report.Trust, [.. stored.State.Tried == report.Trust ? stored.State.TriedAt : [], node], cancellationToken);
            var outcome = await AskToSealAsync(node, trust, cancellationToken);
            if (outcome.Is(out var sealedTrust, out var refusal)) return await TakeAsync(report, sealedTrust, CancellationToken.None);

            // It answered: it did not seal. Who did not answer stays in doubt.
            if (refusal.Code != RefusalCode.EnclaveDetached) await DoubtAsync(report.Trust, stored.State.TriedAt.Remove(node), CancellationToken.None);
            if (!RoutedCall.IsPassedOver(refusal.Code))
            {
                telling = refusal;
                break;
            }

            if (telling is null || telling.Code == RefusalCode.EnclaveDetached) telling = refusal;
        }

        if (stored.State.Tried == report.Trust && stored.State.TriedAt.IsEmpty) await DoubtAsync(null, [], CancellationToken.None);
        return telling ?? new Refusal(RefusalCode.TrustStranger, "no HSM that was asked for is named by this Trust and by the one before");
    }

    private async Task<Outcome<Trust>> AskToSealAsync(NodeId node, Trust trust, CancellationToken cancellationToken)
    {
        var outcome = await AskOnceAsync(node, trust, cancellationToken);
        if (outcome.Refusal?.Code is not (RefusalCode.TrustUnknown or RefusalCode.TrustSuperseded) || stored.State.Sealed.IsEmpty) return outcome;
        if (!(await teaching.TeachAsync(GrainFactory, node, _chain, stored.State.Sealed, cancellationToken)).Is(out _, out var refusal)) return refusal;
        return await AskOnceAsync(node, trust, cancellationToken);
    }

    private async Task<Outcome<Trust>> AskOnceAsync(NodeId node, Trust trust, CancellationToken cancellationToken)
    {
        var enclave = GrainFactory.Enclave(node);
        if (trust.Approval is not { } approval)
        {
            var retirements = stored.State.Retirements.Select(retired => retired.Document).ToList();
            return (await enclave.AskAsync(new SealTrustCall(trust.ToBytes(), [], retirements), cancellationToken)).Then(bytes => Sealed(bytes, trust));
        }

        var performed = await enclave.AskAsync(new PerformCall(approval.Request.Utf8, approval.Approvals, trust.ToBytes()), cancellationToken);
        return performed.Then(result => result is Performed.TrustSealed done ? Sealed(done.Trust, trust) : new Refusal(RefusalCode.EnclaveFault, "the enclave did something else than seal the Trust"));
    }

    private Outcome<Trust> Sealed(ReadOnlyMemory<byte> bytes, Trust asked) => Trust.Parse(bytes.Span, authorities.Certificates).Then<Trust>(answered =>
        answered.Seal is not null && answered.Hash == asked.Hash ? answered : new Refusal(RefusalCode.EnclaveFault, "the enclave answered with another Trust, or without its seal"));

    private async Task<TrustReport> TakeAsync(TrustReport report, Trust trust, CancellationToken cancellationToken)
    {
        var done = report.State == TrustState.Signed ? report : TrustDecisions.Sealed(report, trust, time.GetUtcNow());
        await Grain(report.Trust).KeepAsync(done, cancellationToken);

        // Who is named no more hears of it too, so that it stops by itself.
        var state = stored.State;
        var concerned = report.Hsms.Union(state.Hsms).Where(node => node != done.SealedBy).ToList();
        (state.Sealed, state.Hsms, state.Tried, state.TriedAt) = (state.Sealed.Add(report.Trust), report.Hsms, null, []);
        state.Pending = state.Pending.Remove(report.Trust);
        await WriteAsync(cancellationToken);
        LogSealed(logger, report.Trust, report.Number, _chain, done.SealedBy);
        await TidyAsync(cancellationToken);
        await TellAsync(done, concerned, cancellationToken);
        if (done.Number > 1) await RewrapAsync();
        return done;
    }

    // The Trust counts whether this works or not: who sees Domains behind it can start it again.
    private async Task RewrapAsync()
    {
        try
        {
            await GrainFactory.GetGrain<IRewrapGrain>(_chain.ToString()).StartAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or IOException)
        {
            LogNotRewrapped(logger, exception, _chain);
        }
    }

    // Who doesn't hear it now is told when it next matters: an enclave that misses a Trust says so.
    private async Task TellAsync(TrustReport report, List<NodeId> nodes, CancellationToken cancellationToken)
    {
        await Task.WhenAll(nodes.Select(async node =>
        {
            var told = await teaching.TeachAsync(GrainFactory, node, _chain, stored.State.Sealed, cancellationToken);
            if (told.Refusal is { } refusal) LogUntaught(logger, node, report.Number, _chain, refusal.Code);
        }));
    }

    private async Task<Answer<TrustReport>> ImportAsync(Trust trust, string caller, CancellationToken cancellationToken)
    {
        var filed = await Grain(trust.Hash).GetAsync(cancellationToken);
        if (filed.Value is { } known && stored.State.Sealed.Contains(known.Trust)) return known;
        if (TrustDecisions.CheckPlace(trust.Body.Number, trust.Body.Predecessor, stored.State.Sealed) is { } misplaced) return misplaced;
        if (!(await check.CheckAsync(GrainFactory, trust, stored.State.Sealed, cancellationToken)).Is(out _, out var refusal)) return refusal;
        var report = filed.Value ?? TrustDecisions.File(trust, caller, time.GetUtcNow());
        foreach (var certificate in trust.Body.Operators) await catalogue.SaveOperatorAsync(Operators.Report(certificate), cancellationToken);
        return await TakeAsync(report, trust, cancellationToken);
    }

    // Unsigned Trusts whose place is taken are told so; done again after a crash in between.
    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        var passed = new List<Hash256>();
        foreach (var hash in stored.State.Pending)
        {
            if ((await Grain(hash).GetAsync(cancellationToken)).Value is not { } report) continue;
            if (TrustDecisions.CheckPlace(report.Number, report.Predecessor, stored.State.Sealed)?.Code != RefusalCode.StateConflict) continue;
            if (report.State == TrustState.Unsigned) await Grain(hash).KeepAsync(TrustDecisions.Passed(report, time.GetUtcNow()), cancellationToken);
            passed.Add(hash);
        }

        if (passed.Count == 0) return;
        stored.State.Pending = stored.State.Pending.RemoveRange(passed);
        await WriteAsync(cancellationToken);
    }

    // What is not stored was not decided: the next activation reads what is.
    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await stored.WriteStateAsync(cancellationToken);
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task DoubtAsync(Hash256? trust, ImmutableArray<NodeId> at, CancellationToken cancellationToken)
    {
        (stored.State.Tried, stored.State.TriedAt) = (trust, at);
        await WriteAsync(cancellationToken);
    }

    private async Task RetiredKeyAsync(NodeId node, Retirement retirement, CancellationToken cancellationToken)
    {
        foreach (var hash in stored.State.Sealed.Reverse())
        {
            if (!(await documents.FindAsync(GrainFactory, hash, cancellationToken)).Is(out var trust, out _)) return;
            var index = trust.Body.IndexOf(retirement.Seal.Signatory);
            if (index < 0) continue;
            var hsm = trust.Body.Hsms[index];
            await catalogue.SaveHsmKeyAsync(
                new HsmKeyReport(node, _chain, (byte)hsm.WrapKey.Kind, hsm.WrapKey.Hash, new HsmKey(_chain, hsm).ToBytes(), Retired: true), cancellationToken);
            return;
        }
    }
}
