namespace VaultGrid.Client.Grains;

/// <summary>Domains and calls, between the grains' messages and the client's records.</summary>
internal static class DomainMapping
{
    public static CallDomain Command(DomainCall call) => new(call.Body, call.Certificate, call.Signature, call.Parameters, call.Node, call.Domain ?? default);

    public static Outcome<DomainAnswer> Answer(DomainResult result) => new DomainAnswer(
        result.Node,
        result.Master,
        result.Result.IsEmpty ? (ReadOnlyMemory<byte>?)null : result.Result,
        result.Domain.IsEmpty ? (ReadOnlyMemory<byte>?)null : result.Domain);

    public static Outcome<DomainStatus> Status(DomainReport report) => ToStatus(report);

    public static Outcome<DomainStatus> Whole(WholeDomain domain) => ToStatus(domain.Report) with { Document = domain.Document };

    public static Outcome<Page<DomainStatus>> Page(DomainPage page) => new Page<DomainStatus>([.. page.Domains.Select(ToStatus)], page.Next);

    private static DomainStatus ToStatus(DomainReport report) => new()
    {
        Domain = report.Domain,
        Chain = report.Chain,
        Trust = report.Trust,
        TrustNumber = report.TrustNumber,
        Revision = report.Revision,
        Kind = MasterKeyKinds.Name((MasterKeyKind)report.Kind),
        MasterVersion = report.MasterVersion,
        PublicKey = report.PublicKey.IsEmpty ? (ReadOnlyMemory<byte>?)null : report.PublicKey,
        Owner = report.Owner,
        Changed = report.Changed,
        Retired = report.Retired,
    };
}
