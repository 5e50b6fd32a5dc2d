namespace VaultGrid.Grains;

/// <summary>Files a request.</summary>
/// <param name="Request">Its canonical bytes.</param>
/// <param name="Document">The document that it names by hash; empty where it names none.</param>
/// <param name="Caller">Who files it.</param>
[GenerateSerializer, Immutable, Alias("vg.approval.submit.v1")]
public sealed record SubmitRequest(
    [property: Id(0)] ReadOnlyMemory<byte> Request, [property: Id(1)] ReadOnlyMemory<byte> Document, [property: Id(2)] string Caller);

/// <summary>An administrator's approval.</summary>
/// <param name="Certificate">Their certificate, DER.</param>
/// <param name="Signature">Their signature over the approval statement.</param>
[GenerateSerializer, Immutable, Alias("vg.approval.given.v1")]
public sealed record GivenApproval([property: Id(0)] ReadOnlyMemory<byte> Certificate, [property: Id(1)] ReadOnlyMemory<byte> Signature);

/// <summary>Files a request with its approvals and has it carried out.</summary>
/// <param name="Submission">The request.</param>
/// <param name="Approvals">The approvals.</param>
[GenerateSerializer, Immutable, Alias("vg.approval.execute.v1")]
public sealed partial record ExecuteRequest([property: Id(0)] SubmitRequest Submission, [property: Id(1)] ImmutableArray<GivenApproval> Approvals);
