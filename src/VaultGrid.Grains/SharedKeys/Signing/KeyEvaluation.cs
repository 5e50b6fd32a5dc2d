using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>
/// Collects partial evaluations of a DiSE key for the caller of a signed call: f + 1 of one version, asked all at once; whoever is silent or refuses is replaced. The
/// caller alone can read and check them, and asks again besides whom it found wrong.
/// </summary>
internal sealed class KeyEvaluation(SharedKeyDesk desk, IGrainFactory grains, KeyVersion version, HolderStanding standing)
{
    /// <summary>Asks.</summary>
    public async Task<Outcome<EvaluationsReport>> RunAsync(EvaluateKey command, CancellationToken cancellationToken)
    {
        if (!CallBody.Parse(command.Body.Span).Is(out var body, out var malformed)) return malformed;
        using var deadline = new CancellationTokenSource(desk.Options.Deadline, desk.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var call = new EvaluateCall(new SignedCall(command.Body, command.Certificate, command.Signature), command.Input);
        var record = new SigningRecord(version.Faulty);
        var left = new Queue<NodeId>(standing.Order([.. version.Holders.Select(holder => holder.Node).Where(node => body.IsFor(node.Cluster))]).Except(command.Besides));
        var needed = Math.Max(1, version.Faulty + 1 - Math.Max(0, command.Besides.Length - version.Faulty));
        var (running, got) = (new Dictionary<Task<Outcome<EvaluateAnswer>>, (NodeId Node, long Asked)>(), new List<EvaluationReport>());
        while (true)
        {
            var most = got.GroupBy(one => one.Version).Select(same => same.Count()).DefaultIfEmpty(0).Max();
            if (most >= needed) break;
            while (running.Count < needed - most && left.TryDequeue(out var next)) Ask(next);
            if (running.Count == 0) break;

            var hedge = Task.Delay(standing.Patience(desk.Options.HedgeAfter, desk.Options.StepTimeout), desk.Time, either.Token);
            var first = await Task.WhenAny(running.Keys.Cast<Task>().Append(hedge));
            if (first == hedge)
            {
                if (either.IsCancellationRequested) break;
                if (left.TryDequeue(out var spare)) Ask(spare);
                continue;
            }

            var done = (Task<Outcome<EvaluateAnswer>>)first;
            running.Remove(done, out var asked);
            var node = asked.Node;
            if ((await done).Is(out var answer, out var refusal))
            {
                got.Add(new EvaluationReport(node, answer.Version, answer.Share, answer.Sealed));
                standing.Forgive(node);
                standing.Took(desk.Time.GetElapsedTime(asked.Asked));
                continue;
            }

            record.Take(new TryMishap(node, refusal));
            if (refusal.Code == RefusalCode.EnclaveDetached) standing.Hold(node, desk.Options.Grudge);
            if (record.Agreed is { } agreed) return agreed;
        }

        foreach (var (late, _) in running.Values) record.Blames.Add(late, "late");
        return got.Count > 0 ? new EvaluationsReport([.. got], record.Blames.ToReports()) : record.Telling(version.Faulty + 1, got.Count);

        void Ask(NodeId node) => running.Add(desk.AskAsync(grains, node, call, either.Token), (node, desk.Time.GetTimestamp()));
    }
}
