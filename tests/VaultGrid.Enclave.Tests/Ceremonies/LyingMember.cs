using VaultGrid.Model.Certificates;
using VaultGrid.Protocols;

namespace VaultGrid.Enclave.Tests;

/// <summary>A member of a ceremony whose D key an attacker has: it runs the protocol as it likes.</summary>
internal sealed class LyingMember : IStatementSigner, IDisposable
{
    private readonly LyingDevice _device;
    private readonly CeremonyPlan _plan;
    private readonly DealingCeremony _ceremony;
    private readonly byte _place;
    private readonly CeremonyDirectory.Member?[] _others;

    private LyingMember(LyingDevice device, CeremonyPlan plan, byte place, IReadOnlyList<SignedStatement> directory)
    {
        (_device, _plan, _place) = (device, plan, place);
        _others = [.. plan.Members.Select(member => Known(member, directory))];
        var parameters = ThresholdParameters.Of(plan.Receivers.Count, plan.Faulty).Value;
        _ceremony = DealingCeremony.Generate(KeyKind.FrostSecp256k1.Group(), plan.Hash(), new Roster(parameters, new Everybody(this)));
        Part = Start();
    }

    /// <summary>Its part, as honest as the test leaves it.</summary>
    public DealingMember Part { get; }

    /// <summary>Takes a node's place in a plan for a new key.</summary>
    public static async Task<(TestCeremony Ceremony, LyingMember Liar)> InPlaceOfAsync(SharedGrid grid, string node)
    {
        var ceremony = grid.Generate(KeyKind.FrostSecp256k1);
        var id = NodeId.Parse(node);
        var certificate = grid.Grid.Leaf(grid.Grid.Clusters[(int)id.Cluster.Number - 1], CertificateIdentity.Device(id));
        var device = new LyingDevice(certificate);
        var place = (byte)ceremony.Plan.Members.ToList().FindIndex(member => member.Node == id);
        var members = ceremony.Plan.Members.ToArray();
        members[place] = new KeyHolder(id, new Hash256(certificate.Parsed.Key.SpkiHash.Span));
        var plan = ceremony.Plan with { Members = members };
        var session = device.Session(grid.Grid.Now);
        SignedStatement[] directory = [.. await grid.DirectoryAsync(members.Where(member => member.Node != id)), new(session.ToBytes(), device.Certificate, session.Signature)];
        var lied = ceremony.With(plan, directory);
        lied.Silent.Add(node);
        return (lied, new LyingMember(device, plan, place, directory));
    }

    /// <summary>Another part of the same member: a second polynomial.</summary>
    public DealingMember Start() => DealingMember.Start(_ceremony, new PartyIndex(_place + 1), new PartyIndex(_place + 1), null, this);

    public byte[] Sign(ReadOnlySpan<byte> statement) => _device.SignBytes(statement.ToArray());

    public CeremonyMessage Say(CeremonyMessageKind kind, byte[] body) => new(kind, _place, CeremonyMessage.All, body);

    public CeremonyMessage Share(byte to, SecretBytes share) => CeremonyMail.Pack(_plan.Hash(), CeremonyMessageKind.Share, _place, to, _others[to]!, share, new Device(_device));

    public void Dispose() => Part.Dispose();

    private static CeremonyDirectory.Member? Known(KeyHolder member, IReadOnlyList<SignedStatement> directory)
    {
        foreach (var said in directory)
        {
            var statement = SessionKeyStatement.Parse(said.Statement.Span, said.Signature).Value;
            if (statement.Node != member.Node) continue;
            var certificate = RoleCertificate.Parse(said.Certificate.Span).Value;
            return new(certificate.Key, said.Certificate, P256PublicKey.Parse(statement.PublicKey.Span).Value, Hash256.Sha256(statement.PublicKey.Span), statement.From, said);
        }

        return null;
    }

    private sealed class Everybody(LyingMember liar) : IStatementVerifier
    {
        public bool Verify(PartyIndex signer, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) =>
            liar._others[signer.Value - 1] is { } member && member.Device.VerifiesStatement(statement, signature);
    }

    private sealed class Device(LyingDevice device) : IDeviceKey
    {
        public CertificateKey PublicKey => throw new NotSupportedException();

        public byte[] Sign(ReadOnlySpan<byte> statement) => device.SignBytes(statement.ToArray());

        public void Dispose()
        {
        }
    }
}
