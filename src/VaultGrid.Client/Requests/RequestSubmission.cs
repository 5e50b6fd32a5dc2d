namespace VaultGrid.Client;

/// <summary>A request as it is filed.</summary>
/// <param name="Request">Its canonical bytes, exactly as approved.</param>
/// <param name="Document">The document that it names by hash (policy, membership record), if any.</param>
public sealed record RequestSubmission(ReadOnlyMemory<byte> Request, ReadOnlyMemory<byte>? Document = null);

/// <summary>An administrator's approval.</summary>
/// <param name="Certificate">Their certificate, DER.</param>
/// <param name="Signature">Their signature over the approval statement.</param>
public sealed record RequestApproval(ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Signature);
