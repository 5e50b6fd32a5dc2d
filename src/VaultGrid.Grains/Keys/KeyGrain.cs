using VaultGrid.Enclave.Contracts;
using VaultGrid.Grains.Approvals;
using VaultGrid.Grains.Clusters;
using VaultGrid.Grains.Sessions;

namespace VaultGrid.Grains.Keys;

/// <summary>The public side of one key. Everything in it came from an enclave and is asked again when the key's policy has changed.</summary>
internal sealed class KeyGrain([PersistentState("key")] IPersistentState<KeyState> stored, IRequestHistory history) : Grain, IKeyGrain
{
    private ClusterId _cluster;
    private KeyId _key;

    private IClusterGrain Cluster => GrainFactory.GetGrain<IClusterGrain>(_cluster.ToString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var name = this.GetPrimaryKeyString();
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        (_cluster, _key) = (ClusterId.Parse(name[..slash]), KeyId.Parse(name[(slash + 1)..]));
        return Task.CompletedTask;
    }

    public async Task<Answer<KeyReport>> GetAsync(CancellationToken cancellationToken)
    {
        if (!(await RefreshAsync(cancellationToken)).Is(out var report, out var refusal)) return refusal;

        // A signature of several clusters is counted under the first that its request names.
        ImmutableArray<ClusterId> clusters = report.Threshold is { } threshold ? threshold.Clusters : [_cluster];
        var counts = await Task.WhenAll(clusters.Select(cluster => history.CountSignaturesAsync(cluster, report.Key, cancellationToken)));
        return report with { Signatures = counts.Sum() };
    }

    public async Task<Answer<AccountReport>> GetAccountAsync(string path, CancellationToken cancellationToken)
    {
        if (!DerivationPath.Parse(path).Is(out var parsed, out var refusal)) return refusal;
        if (!(await RefreshAsync(cancellationToken)).Is(out var report, out refusal)) return refusal;
        if (stored.State.Accounts.FirstOrDefault(account => account.Path == parsed.ToString()) is { } known) return known;

        var asked = await AskHoldersAsync(null, new DeriveAccountCall(report.Key, parsed), cancellationToken);
        if (!asked.Is(out var answer, out refusal)) return refusal;
        var found = new AccountReport(report.Key, parsed.ToString(), answer.Value);
        var accounts = stored.State.Accounts.Add(found);
        stored.State.Accounts = accounts.Length > KeyState.AccountLimit ? accounts.RemoveAt(0) : accounts;
        await stored.WriteStateAsync(cancellationToken);
        return found;
    }

    public async Task<Answer<SignatureReport>> AuditSignAsync(AuditSign command, CancellationToken cancellationToken)
    {
        if (command.Message.Length > EnclaveLimits.AuditMessage)
            return new Refusal(RefusalCode.AuditTooLong, $"an audit message has at most {EnclaveLimits.AuditMessage} bytes; this one has {command.Message.Length}");
        if (!(await RefreshAsync(cancellationToken)).Is(out var report, out var refusal)) return refusal;
        if (report.Threshold is { } threshold) return await AuditTogetherAsync(report.Key, threshold, command, cancellationToken);

        var asked = await AskHoldersAsync(command.Node, new AuditSignCall(report.Key, command.Message), cancellationToken);
        if (!asked.Is(out var answer, out refusal)) return refusal;
        return SignatureReports.Of(answer.Value, DerivationPath.Master.ToString(), answer.Node);
    }

    private async Task<Answer<SignatureReport>> AuditTogetherAsync(
        Hash256 key, ThresholdReport threshold, AuditSign command, CancellationToken cancellationToken)
    {
        if (command.Node is not null) return new Refusal(RefusalCode.InputUnsupported, $"no node signs with '{_key}' alone: {threshold.Threshold} clusters do");
        var ended = await SessionRuns.RunAndKeepAsync(GrainFactory, new SessionOrder(key, threshold.Clusters, default, [], command.Message), cancellationToken);
        return ended.Signature is { } signature ? signature : ended.Refusal!.ToRefusal();
    }

    private async Task<Outcome<KeyReport>> RefreshAsync(CancellationToken cancellationToken)
    {
        var found = await Cluster.GetKeyAsync(_key, cancellationToken);
        if (!found.ToOutcome().Is(out var key, out var refusal)) return refusal;
        if (stored.State.Report is { } known && known.Key == key.Key && known.Policy == key.Policy) return known with { Holders = key.Holders };

        var asked = await AskHoldersAsync(null, new DescribeKeyCall(key.Key), cancellationToken);
        if (!asked.Is(out var evidence, out refusal)) return refusal;
        ThresholdDescription? threshold = null;
        if (EvidenceReading.IsShared(evidence.Value))
        {
            if (!(await AskHoldersAsync(null, new DescribeThresholdCall(key.Key), cancellationToken)).Is(out var described, out refusal)) return refusal;
            threshold = described.Value;
        }

        if (!EvidenceReading.Read(key, _cluster, evidence.Value, threshold).Is(out var report, out refusal)) return refusal;

        // Under another policy other paths may be shown.
        stored.State.Report = report;
        stored.State.Accounts = [];
        await stored.WriteStateAsync(cancellationToken);
        return report;
    }

    private async Task<Outcome<Served<TAnswer>>> AskHoldersAsync<TAnswer>(uint? node, EnclaveCall<TAnswer> call, CancellationToken cancellationToken)
        where TAnswer : notnull
    {
        var routes = new RoutedCall(GrainFactory, _cluster);
        var route = node is { } number
            ? [new NodeId(_cluster, number)]
            : await routes.RouteAsync(nodes => NodeRoute.Holding(nodes, held => held.KeyId == _key), cancellationToken);
        return await routes.AskAsync(route, call, cancellationToken);
    }
}
