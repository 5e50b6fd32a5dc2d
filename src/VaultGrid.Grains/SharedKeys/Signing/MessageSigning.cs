using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>
/// Gets one signature out of a key's holders, of whom f + 1 are honest and answer, whatever the others do: tries f + 1 of them; who is silent, refuses or sends a bad
/// share is named and left out of the next try; a try that hangs gets another beside it. Not trusted: it holds no secret and can forge nothing.
/// </summary>
internal sealed class MessageSigning(
    SharedKeyDesk desk, IGrainFactory grains, KeyVersion version, string protocol, SigningWish wish, SignMessage order, HolderStanding standing, NonceStock? stock)
{
    private const string Late = "late";

    private readonly SigningRecord _record = new(version.Faulty);
    private readonly IReadOnlyList<Approval> _approvals = [.. order.Approvals.Select(approval => new Approval(approval.Certificate, approval.Signature))];
    private readonly IReadOnlyList<NodeId> _order = standing.Order([.. version.Holders.Select(holder => holder.Node).Where(node => wish.Clusters.Contains(node.Cluster))]);
    private readonly AwaitedSignature _awaited = new(wish.Subject.Algorithm, version.PublicKey, wish.Subject.Bytes);
    private readonly List<SigningTry> _underWay = [];
    private bool _pooled;

    private int Needed => version.Faulty + 1;

    /// <summary>Who was blamed.</summary>
    public Blames Blames => _record.Blames;

    /// <summary>Signs, or says why not.</summary>
    public async Task<Outcome<MessageSignatureReport>> RunAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(desk.Options.Deadline, desk.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var running = new List<Task<MessageSignatureReport?>>();
        try
        {
            while (!either.IsCancellationRequested)
            {
                var crew = Choose();
                if (crew.Length == Needed) running.Add(TryAsync(crew, running.Count == 0 && _record.Strikes(crew[0]) == 0, either.Token));
                else if (running.Count == 0) return _record.Telling(Needed, crew.Length);

                var made = await FirstAsync(running, mayHedge: crew.Length == Needed, either.Token);
                if (made is not null) return made with { Blamed = Told(), IsPooled = _pooled };
                if (_record.Agreed is { } agreed) return agreed;
            }
        }
        finally
        {
            // Tries that still hang end with the deadline's token; their parts are given up.
            foreach (var left in _underWay) left.Abandon();
            await either.CancelAsync();
        }

        return _record.Telling(Needed, 0);
    }

    private ImmutableArray<BlameReport> Told()
    {
        foreach (var late in _underWay.SelectMany(one => one.Waiting)) _record.Blames.Add(late, Late);
        var blamed = _record.Blames.ToReports();
        foreach (var blame in blamed) standing.Hold(blame.Node, desk.Options.Grudge);
        return blamed;
    }

    // Nobody who is out; whom another try still waits for only where there is nobody else.
    private ImmutableArray<NodeId> Choose()
    {
        var hanging = _underWay.SelectMany(one => one.Waiting).ToHashSet();
        return [.. _order.Where(node => !_record.IsOut(node) && !hanging.Contains(node)).OrderBy(_record.Strikes).Take(Needed)];
    }

    private async Task<MessageSignatureReport?> FirstAsync(List<Task<MessageSignatureReport?>> running, bool mayHedge, CancellationToken cancellationToken)
    {
        var hedge = mayHedge ? Task.Delay(standing.Patience(desk.Options.HedgeAfter, desk.Options.StepTimeout), desk.Time, cancellationToken) : Task.Delay(Timeout.InfiniteTimeSpan, desk.Time, cancellationToken);
        var first = await Task.WhenAny(running.Cast<Task>().Append(hedge));
        if (first == hedge) return null;
        running.Remove((Task<MessageSignatureReport?>)first);
        return await (Task<MessageSignatureReport?>)first;
    }

    private async Task<MessageSignatureReport?> TryAsync(ImmutableArray<NodeId> crew, bool mayTakePrepared, CancellationToken cancellationToken)
    {
        var started = desk.Time.GetTimestamp();
        if (mayTakePrepared && stock?.Take(standing.IsGrudged, node => wish.Clusters.Contains(node.Cluster)) is { } prepared)
        {
            _pooled = true;
            var ready = new SigningTry(desk, grains, prepared.Plan, prepared.Crew);
            return Timed(started, await RunAsync(ready, () => ready.StepAsync(prepared.Packets, order.Request, _approvals, cancellationToken), prepared.Packets, cancellationToken));
        }

        var planned = await SigningTry.PlanAsync(desk, grains, version, protocol, crew, SessionPurpose.Request, wish.Hash.AsSpan().ToArray(), cancellationToken);
        if (planned.Try is not { } begun) return Failed(crew, planned.Mishaps);
        return Timed(started, await RunAsync(begun, () => begun.OpenAsync(order.Request, _approvals, cancellationToken), [], cancellationToken));
    }

    private MessageSignatureReport? Timed(long started, MessageSignatureReport? made)
    {
        if (made is not null) standing.Took(desk.Time.GetElapsedTime(started));
        return made;
    }

    private async Task<MessageSignatureReport?> RunAsync(
        SigningTry one, Func<Task<TryPackets>> begin, ImmutableArray<SessionPacket> before, CancellationToken cancellationToken)
    {
        _underWay.Add(one);
        var sent = await begin();
        if (!sent.Mishaps.IsEmpty) return Failed(one, sent.Mishaps, before);
        var packets = before.AddRange(sent.Packets);
        if (before.IsEmpty && SharedKeyProtocols.TakesSecondRound(protocol))
        {
            sent = await one.StepAsync(sent.Packets, default, [], cancellationToken);
            if (!sent.Mishaps.IsEmpty) return Failed(one, sent.Mishaps, packets);
            packets = packets.AddRange(sent.Packets);
        }

        _underWay.Remove(one);
        return await AggregateAsync(one, [.. packets.Where(packet => packet.Receiver == SessionPacket.Coordinator)], cancellationToken);
    }

    // Good parts give a signature here, without another enclave. Whose is bad only an enclave can tell, and it is believed as little as anybody: the signature verifies, or another one is asked.
    private async Task<MessageSignatureReport?> AggregateAsync(SigningTry one, ImmutableArray<SessionPacket> packets, CancellationToken cancellationToken)
    {
        if (SignatureSum.Of(wish, version, _awaited, packets) is { } sum) return Report(one, sum);
        var call = new AggregateCall(one.Plan, order.Request, packets);
        var accusers = new Dictionary<NodeId, HashSet<NodeId>>();
        foreach (var node in one.Crew.Concat(_order.Except(one.Crew)).Where(node => !_record.IsOut(node)).ToList())
        {
            var outcome = await desk.AskAsync(grains, node, call, cancellationToken);
            if (!outcome.Is(out var answer, out var refusal))
            {
                if (BlameUnsigned(one, refusal, packets)) return null;
                _record.Take(new TryMishap(node, refusal));
                continue;
            }

            if (answer.Culprits.Count == 0)
            {
                if (wish.IsMetBy(answer, version)) return Report(one, answer);
                _record.Strike(node, "aggregation");
                continue;
            }

            // One enclave may accuse wrongly; of f + 1 who say the same one is honest. With f = 1 that is a second opinion.
            foreach (var culprit in answer.Culprits.Where(one.Crew.Contains))
            {
                if (!accusers.TryGetValue(culprit, out var by)) accusers[culprit] = by = [];
                by.Add(node);
            }

            if (accusers.Where(pair => pair.Value.Except([pair.Key]).Count() > version.Faulty).Select(pair => pair.Key).ToList() is { Count: > 0 } convicted)
            {
                foreach (var culprit in convicted)
                {
                    foreach (var accuser in accusers[culprit]) _record.Strike(culprit, "share", accuser);
                }

                Forget(one.Crew);
                return null;
            }
        }

        foreach (var (culprit, by) in accusers)
        {
            foreach (var accuser in by) _record.Strike(culprit, "share", accuser);
        }

        Forget(one.Crew);
        return null;
    }

    private MessageSignatureReport Report(SigningTry one, AggregateAnswer answer)
    {
        foreach (var node in one.Crew) standing.Forgive(node);
        return new MessageSignatureReport(
            wish.Subject.Algorithm.Name(), answer.Signature, answer.PublicKey, wish.Path.ToString(), version.Number, one.Crew, [], false);
    }

    private MessageSignatureReport? Failed(SigningTry one, ImmutableArray<TryMishap> mishaps, ImmutableArray<SessionPacket> packets)
    {
        _underWay.Remove(one);
        one.Abandon();
        return mishaps.Any(mishap => BlameUnsigned(one, mishap.Refusal, packets)) ? null : Failed(one.Crew, mishaps);
    }

    private bool BlameUnsigned(SigningTry one, Refusal refusal, ImmutableArray<SessionPacket> packets)
    {
        if (refusal.Code != RefusalCode.SessionMismatch) return false;
        var unsigned = PacketCheck.Unsigned(one.Plan, one.Crew, packets);
        foreach (var node in unsigned)
        {
            _record.Strike(node, "signature");
            stock?.Drop(node);
            standing.Hold(node, desk.Options.Grudge);
        }

        return unsigned.Count > 0;
    }

    private MessageSignatureReport? Failed(ImmutableArray<NodeId> crew, ImmutableArray<TryMishap> mishaps)
    {
        foreach (var mishap in mishaps)
        {
            _record.Take(mishap);
            stock?.Drop(mishap.Node);
            if (_record.IsOut(mishap.Node)) standing.Hold(mishap.Node, desk.Options.Grudge);
        }

        Forget(crew);
        return null;
    }

    // A session key that an enclave has no more, or that its peers do not take, is asked for anew.
    private void Forget(ImmutableArray<NodeId> crew)
    {
        foreach (var node in crew) desk.Keys.Forget(node);
    }
}
