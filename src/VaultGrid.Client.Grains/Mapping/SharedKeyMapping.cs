using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Wire;

namespace VaultGrid.Client.Grains;

/// <summary>Shared keys, from the grains' messages to the client's records.</summary>
internal static class SharedKeyMapping
{
    public static Outcome<Page<SharedKeyStatus>> Page(SharedKeyPage page)
    {
        var keys = new List<SharedKeyStatus>();
        foreach (var report in page.Keys)
        {
            if (!Status(report).Is(out var status, out var refusal)) return refusal;
            keys.Add(status);
        }

        return new Page<SharedKeyStatus>(keys, page.More ? page.Keys[^1].Key.ToString() : null);
    }

    public static Outcome<SharedKeyStatus> Status(SharedKeyReport report)
    {
        var reader = new WireReader(report.Certified.Span);
        var version = CertifiedVersion.Read(ref reader).Version;
        if (!reader.End("a certified version", out var refusal)) return refusal;
        return new SharedKeyStatus
        {
            KeyId = report.KeyId,
            Key = report.Key,
            Kind = report.Kind,
            State = report.IsDeleted ? "deleted" : "in-use",
            PublicKey = version.PublicKey,
            Clusters = report.Clusters,
            Faulty = version.Faulty,
            Holders = [.. report.Holders.Select(holder => new ShareStatus(holder.Node, holder.Share, holder.State, holder.Version))],
            Version = version.Number,
            VersionHash = version.Hash(),
            History = [.. report.History.Select(entry => new KeyVersionStatus(entry.Number, entry.Hash, entry.Made, entry.Parties, entry.Faulty, entry.Seen))],
            Policy = report.Policy,
            PolicyDocument = report.PolicyDocument,
            Created = report.Created,
            IsRefreshDue = report.IsRefreshDue,
        };
    }

    public static Outcome<SharedKeyEvidence> Evidence(SharedKeyEvidenceReport report) => new SharedKeyEvidence(report.Certified, report.Evidence, Statements(report.Statements));

    public static Outcome<MessageSignatureStatus> Signature(MessageSignatureReport report) => ToStatus(report);

    public static MessageSignatureStatus ToStatus(MessageSignatureReport report) => new()
    {
        Algorithm = report.Algorithm,
        Signature = report.Signature,
        PublicKey = report.PublicKey,
        KeyPath = report.Path,
        Version = report.Version,
        Signers = report.Signers,
        Blamed = Blamed(report.Blamed),
        Pooled = report.IsPooled,
    };

    public static Outcome<KeyEvaluations> Evaluations(EvaluationsReport report) => new KeyEvaluations(
        [.. report.Evaluations.Select(one => new KeyEvaluation(one.Node, one.Version, one.Share, one.Sealed))], Blamed(report.Blamed));

    public static Outcome<KeyBackup> Backup(StatementsReport report) => new KeyBackup(Statements(report.Statements), Blamed(report.Blamed));

    public static Outcome<CeremonyStatus> Ceremony(CeremonyReport report) => new CeremonyStatus
    {
        Ceremony = report.Ceremony,
        Kind = report.Kind,
        Key = report.Key,
        State = report.State,
        Version = report.Version,
        Members = [.. report.Members.Select(member => new CeremonyMemberStatus(member.Node, member.Stage))],
        Blamed = Blamed(report.Blamed),
        Started = report.Started,
        Milliseconds = (long)report.Elapsed.TotalMilliseconds,
        Refusal = GridMapping.ProblemOf(report.Refusal),
    };

    private static IReadOnlyList<Blame> Blamed(ImmutableArray<BlameReport> blamed) =>
        [.. blamed.Select(blame => new Blame(blame.Node, blame.Why, blame.By, blame.IsProven))];

    private static IReadOnlyList<DeviceStatement> Statements(ImmutableArray<NodeStatement> statements) =>
        [.. statements.Select(said => new DeviceStatement(said.Statement, said.Certificate, said.Signature))];
}
