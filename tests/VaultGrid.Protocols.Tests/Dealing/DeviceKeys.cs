namespace VaultGrid.Protocols.Tests.Dealing;

/// <summary>The D keys of a set of parties: real P-256 signatures.</summary>
internal sealed class DeviceKeys : IStatementVerifier
{
    private readonly Dictionary<PartyIndex, P256SigningKey> _keys;

    public DeviceKeys(int n, int f)
    {
        var parameters = ThresholdParameters.Of(n, f).Value;
        _keys = parameters.Indices.ToDictionary(i => i, _ => P256SigningKey.Generate());
        Roster = new Roster(parameters, this);
    }

    public Roster Roster { get; }

    public IReadOnlyList<PartyIndex> Indices => Roster.Parameters.Indices;

    public IStatementSigner Of(PartyIndex party) => new Signer(_keys[party]);

    public bool Verify(PartyIndex signer, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) => _keys[signer].PublicKey.Verify(statement, signature);

    private sealed class Signer(P256SigningKey key) : IStatementSigner
    {
        public byte[] Sign(ReadOnlySpan<byte> statement) => key.Sign(statement);
    }
}
