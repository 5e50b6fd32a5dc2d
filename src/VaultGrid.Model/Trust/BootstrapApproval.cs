using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>The administrators' approved <see cref="BootstrapTrustRequest"/>, as it travels within the Trust that it names.</summary>
/// <param name="Request">The request's exact bytes and what they say.</param>
/// <param name="Approvals">The approvals that came with it.</param>
public sealed record BootstrapApproval(RequestDocument Request, IReadOnlyList<Approval> Approvals)
{
    private const int RequestLimit = 64 * 1024;

    internal static void Write(WireWriter writer, BootstrapApproval approval) =>
        writer.Bytes(approval.Request.Utf8.Span).List(approval.Approvals, Approval.Write);

    internal static BootstrapApproval? Read(ref WireReader reader)
    {
        var utf8 = reader.Bytes(RequestLimit);
        var approvals = reader.List(Approval.Limit, Approval.Read);
        if (reader.Failed) return null;
        if (RequestDocument.Parse(utf8).Is(out var request, out var refusal)) return new BootstrapApproval(request, approvals);
        reader.Fail(refusal.Detail);
        return null;
    }
}
