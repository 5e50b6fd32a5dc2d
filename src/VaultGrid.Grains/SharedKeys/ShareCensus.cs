using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>What the holders of a key say of it now.</summary>
/// <param name="Told">What each holder said, in order of their shares; null for one that did not answer, or has never heard of the key.</param>
/// <param name="Statements">The same, as their D keys signed it.</param>
internal sealed record ShareCensus(ImmutableArray<(NodeId Node, ShareStatement? Said, bool KnowsNothing)> Told, ImmutableArray<NodeStatement> Statements)
{
    /// <summary>Asks all of them at once.</summary>
    public static async Task<ShareCensus> AskAsync(SharedKeyDesk desk, IGrainFactory grains, KnownKey key, CancellationToken cancellationToken)
    {
        var asked = await Task.WhenAll(key.Nodes.Select(node => desk.AskAsync(grains, node, new DescribeShareCall(key.Version.Key), cancellationToken)));
        var told = ImmutableArray.CreateBuilder<(NodeId, ShareStatement?, bool)>(asked.Length);
        var statements = ImmutableArray.CreateBuilder<NodeStatement>();
        foreach (var (node, answer) in key.Nodes.Zip(asked))
        {
            ShareStatement? said = null;
            if (answer.Is(out var signed, out _) && ShareStatement.Parse(signed.Statement.Span).Is(out said, out _) && said.Node == node)
                statements.Add(new NodeStatement(signed.Statement, signed.Certificate, signed.Signature));
            told.Add((node, said, answer.Refusal?.Code == RefusalCode.KeyUnknown));
        }

        return new ShareCensus(told.ToImmutable(), statements.ToImmutable());
    }

    /// <summary>The holders as a report has them.</summary>
    public ImmutableArray<ShareReport> ToReports(KeyVersion version) =>
        [.. Told.Select((entry, place) => new ShareReport(entry.Node, (byte)(place + 1), StateOf(entry.Said, entry.KnowsNothing, version), entry.Said?.Certified.Version.Number ?? 0))];

    /// <summary>True where more holders than can lie say that a refresh is due.</summary>
    public bool IsRefreshDue(KeyVersion version) => Told.Count(entry => entry.Said is { IsRefreshDue: true }) > version.Faulty;

    private static string StateOf(ShareStatement? said, bool knowsNothing, KeyVersion version) => said switch
    {
        null => knowsNothing ? ShareReport.Behind : ShareReport.Silent,
        { State: ShareState.Deleted } => ShareReport.Destroyed,
        _ when said.Certified.Version.Number < version.Number => ShareReport.Behind,
        { State: ShareState.Held } => ShareReport.Held,
        { State: ShareState.Missing } => ShareReport.Missing,
        { State: ShareState.Released } => ShareReport.Destroyed,
        _ => ShareReport.Silent,
    };
}
