using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <content>What the grid does for a key without being asked: versions to who missed them, shares to who lost them, a refresh when it is due, nonces ahead of signatures.</content>
internal sealed partial class SharedKeyGrain
{
    private static readonly TimeSpan StockLife = TimeSpan.FromMinutes(45);

    // Where all is well holders are asked more and more rarely, so that a thousand keys that nobody uses cost next to nothing.
    private const int LongestRest = 6;

    private bool _isTending;
    private int _rest = 1;
    private int _rested;

    public async Task TendAsync(CancellationToken cancellationToken)
    {
        if (_isTending) return;
        _isTending = true;
        try
        {
            _rest = await TendOnceAsync(cancellationToken) ? Math.Min(2 * _rest, LongestRest) : 1;
            _rested = 0;
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException or IOException)
        {
            LogUntended(logger, exception, this.GetPrimaryKeyString());
        }
        finally
        {
            _isTending = false;
        }
    }

    public async Task<Answer<SharesPerformed>> PerformAsync(PerformOnShares command, CancellationToken cancellationToken)
    {
        if (!Known().Is(out var key, out var refusal)) return refusal;
        if (!RequestDocument.Parse(command.Request.Span).Is(out var document, out refusal)) return refusal;

        // A fresh device has heard nothing of the key yet.
        if (document.Request is RepairShareRequest replacing) await BringVersionsAsync(key, replacing.Node, cancellationToken);
        var (done, blamed) = await AskHoldersAsync(command, key, cancellationToken);
        var isDeletion = document.Request is DeleteKeyRequest;

        // Of a deletion no more than f shares may be left; whoever holds one is asked until it is gone.
        var enough = command.Only is not null ? done.Length == 1 : isDeletion ? done.Length >= key.Nodes.Count - key.Version.Faulty : done.Length > key.Version.Faulty;
        if (!enough) return blamed.Refusal ?? new Refusal(RefusalCode.GridUnavailable, $"{done.Length} of {key.Nodes.Count} holders did it");
        await _writing.WaitAsync(CancellationToken.None);
        try
        {
            if (isDeletion) stored.State.IsDeleted = true;
            if (document.Request is ChangePolicyRequest && await WitnessedAsync(command, done, key, blamed.Blames, cancellationToken) is { } evidence)
                (stored.State.Evidence, _known) = (EnclaveDocuments.Of(evidence), null);
            if (document.Request is RepairShareRequest && !Has(stored.State.Replacements, command)) stored.State.Replacements = stored.State.Replacements.Add(command);
            if (command.Only is null && done.Length < key.Nodes.Count && !Has(stored.State.Pending, command)) stored.State.Pending = stored.State.Pending.Add(command);
            await stored.WriteStateAsync(CancellationToken.None);
            if (isDeletion) _stock.Clear();
        }
        finally
        {
            _writing.Release();
        }

        return new SharesPerformed(done, blamed.Blames.ToReports());
    }

    private static bool Has(ImmutableArray<PerformOnShares> commands, PerformOnShares command) => commands.Any(one => one.Request.Span.SequenceEqual(command.Request.Span));

    private async Task<(ImmutableArray<NodeId> Done, (Blames Blames, Refusal? Refusal) Blamed)> AskHoldersAsync(
        PerformOnShares command, KnownKey key, CancellationToken cancellationToken)
    {
        var call = new PerformCall(command.Request, [.. command.Approvals.Select(approval => new Approval(approval.Certificate, approval.Signature))], command.Document);
        IReadOnlyList<NodeId> nodes = command.Only is { } only ? [only] : key.Nodes;
        var asked = await Task.WhenAll(nodes.Select(node => desk.AskAsync(GrainFactory, node, call, cancellationToken)));
        var (blames, done) = (new Blames(), ImmutableArray.CreateBuilder<NodeId>());
        Refusal? telling = null;
        foreach (var (node, answer) in nodes.Zip(asked))
        {
            if (answer.Is(out _, out var refusal))
            {
                done.Add(node);
                continue;
            }

            blames.Add(node, refusal.Code.Name());
            if (telling is null || telling.Code == RefusalCode.EnclaveDetached) telling = refusal;
        }

        return (done.ToImmutable(), (blames, telling));
    }

    // Of the first holder that shows that it carried out what was approved. Whoever shows something else is named.
    private async Task<KeyEvidence?> WitnessedAsync(PerformOnShares command, ImmutableArray<NodeId> done, KnownKey key, Blames blames, CancellationToken cancellationToken)
    {
        var holders = FreshDevices.HoldersOf(key.Version, stored.State.Replacements.Select(replacement => replacement.Request));
        foreach (var node in done)
        {
            if (!(await desk.AskAsync(GrainFactory, node, new DescribeKeyCall(key.Version.Key), cancellationToken)).Is(out var told, out var refusal)) blames.Add(node, refusal.Code.Name());
            else if (WitnessedChange.After(key.Evidence, told, command, holders.First(holder => holder.Node == node)) is { } evidence) return evidence;
            else blames.Add(node, "evidence");
        }

        return null;
    }

    private Task TickAsync(CancellationToken cancellationToken) => ++_rested < _rest ? Task.CompletedTask : TendAsync(cancellationToken);

    // True where nothing was to be done.
    private async Task<bool> TendOnceAsync(CancellationToken cancellationToken)
    {
        if (!Known().Is(out var key, out _)) return false;
        await CarryOutPendingAsync(key, cancellationToken);
        if (stored.State.IsDeleted) return stored.State.Pending.IsEmpty;

        var census = await ShareCensus.AskAsync(desk, GrainFactory, key, cancellationToken);
        await LearnFromAsync(census, key, cancellationToken);
        var holders = census.ToReports(key.Version);
        foreach (var holder in holders)
        {
            if (holder.State == ShareReport.Behind) await BringVersionsAsync(key, holder.Node, cancellationToken);
            if (holder.State is ShareReport.Behind or ShareReport.Missing) _ = await RepairAsync(holder.Node, cancellationToken);
        }

        var isDue = census.IsRefreshDue(key.Version);
        if (isDue) _ = await RefreshAsync(cancellationToken);
        return !isDue && stored.State.Pending.IsEmpty && holders.All(holder => holder.State == ShareReport.Held);
    }

    // A silo that died between a ceremony's end and its state finds the version at the holders: where more of them say so than can lie.
    private async Task LearnFromAsync(ShareCensus census, KnownKey key, CancellationToken cancellationToken)
    {
        var newer = census.Told.Select(entry => entry.Said).OfType<ShareStatement>().Where(said => said.Certified.Version.Number > key.Version.Number)
            .GroupBy(said => said.Certified.Version.Hash()).FirstOrDefault(same => same.Count() > key.Version.Faulty);
        if (newer?.First().Certified is not { } certified) return;
        var trusted = await desk.Authorities.GetAsync(GrainFactory, fresh: false, cancellationToken);
        var voted = newer.Select(said => VotedVersion.Of(said.Certified, certified.Version.Holders, 1 + certified.Version.Faulty, trusted, desk.Authorities.Certificates, desk.Time.GetUtcNow()))
            .MaxBy(told => told?.Votes.Count ?? 0);
        if (voted is not null) _ = await LearnAsync(new LearnSharedKey(EnclaveDocuments.Of(voted), default, CeremonyKinds.Refresh, default, []), cancellationToken);
    }

    // The newest first: who knows nothing of the key needs no other, and learns of no device that was replaced since. Who missed several gets them in their order.
    private async Task BringVersionsAsync(KnownKey key, NodeId node, CancellationToken cancellationToken)
    {
        var versions = stored.State.Versions;
        if (versions.IsEmpty) return;
        var brought = 0;
        var refusal = await BringAsync(key, node, versions[^1], cancellationToken);
        if (refusal is null) brought++;
        foreach (var version in refusal is null || refusal.Code == RefusalCode.EnclaveDetached ? [] : versions)
        {
            refusal = await BringAsync(key, node, version, cancellationToken);
            if (refusal is null) brought++;
            else if (refusal.Code == RefusalCode.EnclaveDetached) return;
        }

        if (brought > 0) LogBrought(logger, node, brought, key.Birth.KeyId);
    }

    private async Task<Refusal?> BringAsync(KnownKey key, NodeId node, LearnSharedKey version, CancellationToken cancellationToken)
    {
        var certified = EnclaveDocuments.Certified(version.Certified.Span).Value;
        var call = new LearnVersionCall(certified, key.Evidence, version.Request, [.. version.Approvals.Select(approval => new Approval(approval.Certificate, approval.Signature))]);
        return (await desk.AskAsync(GrainFactory, node, call, cancellationToken)).Refusal;
    }

    private async Task CarryOutPendingAsync(KnownKey key, CancellationToken cancellationToken)
    {
        foreach (var command in stored.State.Pending)
        {
            var (done, _) = await AskHoldersAsync(command, key, cancellationToken);
            var isOver = RequestDocument.Parse(command.Request.Span).Value.Request.Expires < desk.Time.GetUtcNow();
            if (done.Length < key.Nodes.Count && !isOver) continue;
            await _writing.WaitAsync(cancellationToken);
            try
            {
                stored.State.Pending = stored.State.Pending.Remove(command);
                await stored.WriteStateAsync(CancellationToken.None);
            }
            finally
            {
                _writing.Release();
            }
        }
    }

    // One at a time, while nobody signs: what is prepared never holds up what is asked for.
    private async Task FillAsync(string protocol)
    {
        try
        {
            while (_stock.Count < desk.Options.Pool && InUse().Is(out var key, out _))
            {
                // A caller that signs one message after the other isn't quiet between two: it takes what there is without anything beside it.
                if (_signing > 0 || desk.Time.GetElapsedTime(_signed) < Quiet)
                {
                    await Task.Delay(Quiet, desk.Time);
                    continue;
                }

                if (!await PrepareAsync(key, protocol)) return;
            }
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            LogUntended(logger, exception, this.GetPrimaryKeyString());
        }
        finally
        {
            _filling = null;
        }
    }

    private async Task<bool> PrepareAsync(KnownKey key, string protocol)
    {
        ImmutableArray<NodeId> crew = [.. _standing.Order(key.Nodes).Where(node => !_standing.IsGrudged(node)).Take(key.Version.Faulty + 1)];
        if (crew.Length <= key.Version.Faulty) return false;
        var planned = await SigningTry.PlanAsync(desk, GrainFactory, key.Version, protocol, crew, SessionPurpose.Presign, default, CancellationToken.None);
        if (planned.Try is not { } one) return false;
        var sent = await one.OpenAsync(default, [], CancellationToken.None);
        if (sent.Mishaps.IsEmpty && Known().Is(out var now, out _) && now.Version.Number == key.Version.Number)
        {
            _stock.Add(new PreparedCrew(one.Plan, one.Crew, sent.Packets, desk.Time.GetUtcNow() + StockLife));
            return true;
        }

        one.Abandon();
        foreach (var mishap in sent.Mishaps)
        {
            desk.Keys.Forget(mishap.Node);
            _standing.Hold(mishap.Node, desk.Options.Grudge);
        }

        return false;
    }
}
