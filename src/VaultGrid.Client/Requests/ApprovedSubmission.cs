namespace VaultGrid.Client;

/// <summary>A request with its approvals, to be filed and carried out in one call.</summary>
/// <param name="Request">Its canonical bytes, exactly as approved.</param>
/// <param name="Approvals">The approvals.</param>
/// <param name="Document">The document that it names by hash (policy, membership record), if any.</param>
public sealed record ApprovedSubmission(
    ReadOnlyMemory<byte> Request, IReadOnlyList<RequestApproval> Approvals, ReadOnlyMemory<byte>? Document = null);
