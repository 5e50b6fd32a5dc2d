using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Authorities;
using VaultGrid.Grains.Trusts;

namespace VaultGrid.Grains.Domains;

/// <summary>
/// One Domain. Uses go beside each other; what writes a revision goes alone, under the revision that it names, and is stored before it is answered. What was lost with
/// a silo was never anybody's: an HSM keeps no Domain.
/// </summary>
internal sealed class DomainGrain(
    [PersistentState("domain")] IPersistentState<DomainStored> stored,
    ITrustCatalogue catalogue,
    TrustDocuments documents,
    AuthoritiesView authorities,
    TimeProvider time) : Grain, IDomainGrain
{
    private DomainId _id;
    private (Hash256 Keys, byte[] Bytes)? _whole;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!DomainId.TryParse(this.GetPrimaryKeyString(), out _id)) throw new InvalidOperationException("This is no Domain's id.");
        return Task.CompletedTask;
    }

    public Task<Answer<DomainReport>> GetAsync(CancellationToken cancellationToken) => Task.FromResult<Answer<DomainReport>>(
        stored.State.Report is { } report ? report : Unknown());

    public async Task<Answer<DomainResult>> UseAsync(CallDomain command, CancellationToken cancellationToken)
    {
        if (!Read(command).Is(out var call, out var refusal)) return refusal;
        if (stored.State.Report is { Retired: true }) return RetiredAlready();
        if (KeysOf(call.Parameters) is not { } keys) return new Refusal(RefusalCode.CallMalformed, "the call's parameters are not those of a use");
        if (!(await DocumentAsync(keys, command.Domain, cancellationToken)).Is(out var found, out refusal)) return refusal;

        var signed = Signed(command);
        var outcome = await DomainCarrier.AskAsync(
            GrainFactory, found.Trust, call.Body.Cluster, command.Node, whole => new UseDomainCall(signed, command.Parameters, whole ? found.Bytes : default), cancellationToken);
        return outcome.Is(out var served, out refusal) ? new DomainResult(served.Node, served.Value.Master, served.Value.Result, default) : refusal;
    }

    public async Task<Answer<DomainResult>> ChangeAsync(CallDomain command, CancellationToken cancellationToken)
    {
        if (!Read(command).Is(out var call, out var refusal)) return refusal;
        if (stored.State is { Call: { } last, Node: { } node } && last == Hash256.Of("call", command.Body.Span)) return await AnsweredAsync(node, cancellationToken);
        if (stored.State.Report is { Retired: true }) return RetiredAlready();
        return call.Parameters switch
        {
            DomainParameters.Create create => await CreateAsync(command, call, create, cancellationToken),
            DomainParameters.Rotate rotate => await RotateAsync(command, call, rotate, cancellationToken),
            _ => new Refusal(RefusalCode.CallMalformed, "the call's parameters are neither those of a creation nor of a rotation"),
        };
    }

    public async Task<Answer<DomainReport>> StoreAsync(GivenDocument domain, CancellationToken cancellationToken)
    {
        if (!Domain.Parse(domain.Document.Span, authorities.Certificates).Is(out var parsed, out var refusal)) return refusal;
        if (parsed.Keys.Id != _id) return new Refusal(RefusalCode.DomainInvalid, "the document is another Domain's");
        if (stored.State.Report is { } known && known.Keys == parsed.Keys.Hash) return known;
        if (stored.State.Report is { Retired: true }) return RetiredAlready();
        if (!DomainDecisions.CheckStore(parsed.Keys, Keys()).Is(out _, out refusal)) return refusal;
        if (!(await documents.FindAsync(GrainFactory, parsed.Trust.Hash, cancellationToken)).Is(out var trust, out refusal)) return refusal;
        if (await authorities.GetAsync(GrainFactory, fresh: false, cancellationToken) is not { } trusted)
            return new Refusal(RefusalCode.RevocationsMissing, "no CAs were published to the grid");
        if (!(parsed with { Trust = trust }).Check(trusted).Is(out _, out refusal)) return refusal;
        return await PersistAsync(DomainDecisions.Report(SealedKeys.Of(parsed), trust.Body, time.GetUtcNow()), null, null, cancellationToken);
    }

    public async Task<Answer<DomainReport>> ReplaceAsync(ReplaceDomain command, CancellationToken cancellationToken)
    {
        if (stored.State.Report is not { } report) return Unknown();
        if (!SealedKeys.Parse(command.Next.Span, authorities.Certificates).Is(out var next, out var refusal)) return refusal;
        if (report.Keys == next.Keys.Hash) return report;
        if (report.Keys != command.Before) return Moved(report);
        return (await SucceedAsync(next, null, null, cancellationToken)).Is(out var done, out refusal) ? done : refusal;
    }

    public async Task<Answer<DomainReport>> RetireAsync(CallDomain command, CancellationToken cancellationToken)
    {
        if (stored.State.Report is not { } report) return Unknown();
        if (report.Retired) return report;
        if (await authorities.GetAsync(GrainFactory, fresh: true, cancellationToken) is not { } trusted)
            return new Refusal(RefusalCode.RevocationsMissing, "no CAs were published to the grid");
        if (!RetireCheck.Admit(Signed(command), command.Parameters.Span, report, trusted, authorities.Certificates, time.GetUtcNow()).Is(out _, out var refusal)) return refusal;
        return await PersistAsync(report with { Retired = true, Changed = time.GetUtcNow() }, stored.State.Call, stored.State.Node, cancellationToken);
    }

    private static SignedCall Signed(CallDomain command) => new(command.Body, command.Certificate, command.Signature);

    private static Refusal Moved(DomainReport report) =>
        new(RefusalCode.StateConflict, $"Domain {report.Domain} is at revision {report.Revision} by now: read it and ask again");

    private static Hash256? KeysOf(DomainParameters parameters) => parameters switch
    {
        DomainParameters.Encrypt encrypt => encrypt.Keys,
        DomainParameters.DecryptFile decrypt => decrypt.Keys,
        DomainParameters.DecryptData decrypt => decrypt.Keys,
        DomainParameters.Sign sign => sign.Keys,
        _ => null,
    };

    private Refusal Unknown() => new(RefusalCode.DomainUnknown, $"the grid has no Domain {_id}; send its document along, or store it");

    private Refusal RetiredAlready() => new(RefusalCode.DomainUse, $"Domain {_id} was retired: the grid serves it no more");

    private Outcome<ReadCall> Read(CallDomain command)
    {
        if (!CallBody.Parse(command.Body.Span).Is(out var body, out var refusal)) return refusal;
        if (body.Target is not CallTarget.OfDomain target || target.Id != _id) return new Refusal(RefusalCode.CallInvalid, $"the call is not for Domain {_id}");
        if (!DomainParameters.Parse(command.Parameters.Span).Is(out var parameters, out refusal)) return refusal;
        return parameters.Action == body.Action ? new ReadCall(body, parameters) : new Refusal(RefusalCode.CallMalformed, "the parameters belong to another action");
    }

    private DomainKeys? Keys() => stored.State.Report is { } report ? SealedKeys.Parse(report.SealedKeys.Span, authorities.Certificates).Value.Keys : null;

    private async Task<Answer<DomainResult>> CreateAsync(CallDomain command, ReadCall call, DomainParameters.Create create, CancellationToken cancellationToken)
    {
        if (stored.State.Report is { } report) return new Refusal(RefusalCode.StateConflict, $"Domain {_id} was made already: it is at revision {report.Revision}");
        if (!(await documents.FindAsync(GrainFactory, create.Trust, cancellationToken)).Is(out var trust, out var refusal)) return refusal;
        var signed = Signed(command);
        var outcome = await DomainCarrier.AskAsync(
            GrainFactory, trust.Body, call.Body.Cluster, command.Node, _ => new CreateDomainCall(signed, command.Parameters), cancellationToken);
        if (!outcome.Is(out var served, out refusal)) return refusal;
        if (!SealedKeys.Parse(served.Value.Span, authorities.Certificates).Is(out var made, out refusal)) return refusal;
        if (made.Keys.Id != _id || made.Keys.Trust != trust.Hash || made.Keys.Revision != 1) return new Refusal(RefusalCode.EnclaveFault, "the enclave answered with another Domain");

        await PersistAsync(DomainDecisions.Report(made, trust.Body, time.GetUtcNow()), Hash256.Of("call", command.Body.Span), served.Node, CancellationToken.None);
        return await AnsweredAsync(served.Node, cancellationToken);
    }

    private async Task<Answer<DomainResult>> RotateAsync(CallDomain command, ReadCall call, DomainParameters.Rotate rotate, CancellationToken cancellationToken)
    {
        if (stored.State.Report is null && !command.Domain.IsEmpty && (await StoreAsync(new GivenDocument(command.Domain), cancellationToken)).Refusal is { } unfit) return unfit.ToRefusal();
        if (stored.State.Report is not { } report) return Unknown();
        if (report.Keys != rotate.Keys) return Moved(report);
        if (!(await DocumentAsync(rotate.Keys, default, cancellationToken)).Is(out var found, out var refusal)) return refusal;

        var signed = Signed(command);
        var outcome = await DomainCarrier.AskAsync(
            GrainFactory, found.Trust, call.Body.Cluster, command.Node, whole => new RotateDomainCall(signed, command.Parameters, whole ? found.Bytes : default), cancellationToken);
        if (!outcome.Is(out var served, out refusal)) return refusal;
        if (!SealedKeys.Parse(served.Value.Span, authorities.Certificates).Is(out var next, out refusal)) return refusal;
        if (!(await SucceedAsync(next, Hash256.Of("call", command.Body.Span), served.Node, CancellationToken.None)).Is(out _, out refusal)) return refusal;
        return await AnsweredAsync(served.Node, cancellationToken);
    }

    private async Task<Outcome<DomainReport>> SucceedAsync(SealedKeys next, Hash256? call, NodeId? node, CancellationToken cancellationToken)
    {
        if (!DomainRules.CheckSuccession(Keys()!, next.Keys).Is(out _, out var refusal)) return refusal;
        if (!(await documents.FindAsync(GrainFactory, next.Keys.Trust, cancellationToken)).Is(out var trust, out refusal)) return refusal;
        var report = DomainDecisions.Report(next, trust.Body, time.GetUtcNow());
        return await PersistAsync(report with { Retired = stored.State.Report!.Retired }, call, node, cancellationToken);
    }

    // The Domain that a call names by the hash of its keys: the grid's, or the caller's own of another revision.
    private async Task<Outcome<Found>> DocumentAsync(Hash256 keys, ReadOnlyMemory<byte> given, CancellationToken cancellationToken)
    {
        if (stored.State.Report is { } report && report.Keys == keys)
        {
            if (!(await documents.FindAsync(GrainFactory, report.Trust, cancellationToken)).Is(out var trust, out var missing)) return missing;
            if (_whole?.Keys != keys) _whole = (keys, SealedKeys.Parse(report.SealedKeys.Span, authorities.Certificates).Value.Under(trust).ToBytes());
            return new Found(trust.Body, _whole.Value.Bytes);
        }

        if (given.IsEmpty) return Unknown();
        if (!Domain.Parse(given.Span, authorities.Certificates).Is(out var domain, out var refusal)) return refusal;
        return domain.Keys.Hash == keys && domain.Keys.Id == _id
            ? new Found(domain.Trust.Body, given)
            : new Refusal(RefusalCode.DomainInvalid, "the document is not the Domain that the call names");
    }

    private async Task<Answer<DomainResult>> AnsweredAsync(NodeId node, CancellationToken cancellationToken)
    {
        var report = stored.State.Report!;
        return (await DocumentAsync(report.Keys, default, cancellationToken)).Is(out var found, out var refusal)
            ? new DomainResult(node, report.MasterVersion, default, found.Bytes)
            : refusal;
    }

    private async Task<DomainReport> PersistAsync(DomainReport report, Hash256? call, NodeId? node, CancellationToken cancellationToken)
    {
        var before = (stored.State.Report, stored.State.Call, stored.State.Node);
        (stored.State.Report, stored.State.Call, stored.State.Node) = (report, call, node);
        try
        {
            // Beside each other where one queue keeps their order: one commit holds both. A row that a crash left behind follows with the next write, or when the
            // Domain is to be re-wrapped; one ahead of its state would hide the Domain from that.
            var written = stored.WriteStateAsync(cancellationToken);
            if (!catalogue.FollowsState) await written;
            await Task.WhenAll(written, catalogue.SaveDomainAsync(report, cancellationToken));
        }
        catch
        {
            (stored.State.Report, stored.State.Call, stored.State.Node) = before;
            DeactivateOnIdle();
            throw;
        }

        return report;
    }

    private sealed record ReadCall(CallBody Body, DomainParameters Parameters);

    private sealed record Found(TrustBody Trust, ReadOnlyMemory<byte> Bytes);
}
