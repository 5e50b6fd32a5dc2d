namespace VaultGrid.Grains;

/// <summary>A statement that an enclave signed with its D key; no grain can make or change one.</summary>
/// <param name="Statement">The statement in its canonical encoding.</param>
/// <param name="Certificate">The device certificate, DER.</param>
/// <param name="Signature">The D key's signature.</param>
[GenerateSerializer, Immutable, Alias("vg.node.statement.v1")]
public sealed record NodeStatement(
    [property: Id(0)] ReadOnlyMemory<byte> Statement,
    [property: Id(1)] ReadOnlyMemory<byte> Certificate,
    [property: Id(2)] ReadOnlyMemory<byte> Signature);
