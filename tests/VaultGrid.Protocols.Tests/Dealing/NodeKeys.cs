namespace VaultGrid.Protocols.Tests.Dealing;

/// <summary>The D keys of nodes by their numbers, whichever places they have: real P-256 signatures.</summary>
internal sealed class NodeKeys(int count)
{
    private readonly P256SigningKey[] _keys = [.. Enumerable.Range(0, count).Select(_ => P256SigningKey.Generate())];

    public IStatementSigner Of(int node) => new Signer(_keys[node]);

    public Roster Roster(IReadOnlyList<int> nodes, int faulty) => new(ThresholdParameters.Of(nodes.Count, faulty).Value, new Places([.. nodes.Select(node => _keys[node])]));

    private sealed class Signer(P256SigningKey key) : IStatementSigner
    {
        public byte[] Sign(ReadOnlySpan<byte> statement) => key.Sign(statement);
    }

    private sealed class Places(P256SigningKey[] keys) : IStatementVerifier
    {
        public bool Verify(PartyIndex signer, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) => keys[signer.Value - 1].PublicKey.Verify(statement, signature);
    }
}
