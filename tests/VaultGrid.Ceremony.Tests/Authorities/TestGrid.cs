using System.Net;
using System.Security.Cryptography;
using System.Text;
using VaultGrid.Ceremony.Authorities;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Crypto;
using VaultGrid.Model;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Tests.Authorities;

/// <summary>A grid of two clusters in a temporary directory.</summary>
internal sealed class TestGrid : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly byte[] Pins = SHA256.HashData("pins"u8);

    public TestGrid(SigningKeyKind kind = SigningKeyKind.P256)
    {
        Options = new() { KeyKind = kind, Protection = KeyProtection.UnsafeFast };
        Grid = GridAuthorities.Create(Files["authorities"], [new ClusterId(1), new ClusterId(2)], Options, Passphrase, Time).Value;
    }

    public TemporaryDirectory Files { get; } = new();

    public ManualTime Time { get; } = new(Start);

    public SecretBytes Passphrase { get; } = Secret("correct horse");

    public AuthorityOptions Options { get; }

    public GridAuthorities Grid { get; private set; }

    public static SecretBytes Secret(string text) => SecretBytes.Take(Encoding.UTF8.GetBytes(text));

    public Outcome<GridAuthorities> Reopen()
    {
        Grid.Dispose();
        var reopened = GridAuthorities.Open(Files["authorities"], Options, Time);
        if (reopened.Is(out var grid, out _)) Grid = grid;
        return reopened;
    }

    public IssuedCertificate Issue(CertificateIdentity identity, SigningKey? key = null)
    {
        using var made = SigningKey.Generate(SigningKeyKind.P256);
        var names = identity.Role == CertificateRole.Relay ? new ServerNames(["relay.example"], [IPAddress.Loopback]) : ServerNames.None;
        return Grid.Issue(identity, (key ?? made).Public, names, Passphrase).Value;
    }

    public IssuedCertificate CertifyDevice(NodeId node, SigningKeyKind kind = SigningKeyKind.P256)
    {
        using var key = SigningKey.Generate(kind);
        return Grid.CertifyDevice(Request(node, key), node, Pins, Passphrase).Value;
    }

    public static DeviceRequest Request(NodeId node, SigningKey key)
    {
        var statement = DeviceRequest.Statement(node, key.Public, Pins);
        return DeviceRequest.Parse(DeviceRequest.Assemble(statement, key.Public, key.SignStatement(statement))).Value;
    }

    public IReadOnlyList<IssuedCertificate> IssueOneOfEach() =>
    [
        Issue(CertificateIdentity.Admin(1)),
        Issue(CertificateIdentity.Operator(1)),
        Issue(CertificateIdentity.Relay("relay-1").Value),
        Issue(CertificateIdentity.Client("backend").Value),
        CertifyDevice(NodeId.Parse("1/1")),
        CertifyDevice(NodeId.Parse("2/1"), SigningKeyKind.Rsa3072),
    ];

    public void Dispose()
    {
        Grid.Dispose();
        Passphrase.Dispose();
        Files.Dispose();
    }
}
