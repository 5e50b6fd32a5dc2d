using System.CommandLine;
using System.Net;
using VaultGrid.Ceremony.Authorities;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Cli.Files;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Ca;

internal sealed class CaIssueCommand : LeafCommand
{
    private readonly Argument<string> _directory = CaDirectory.Argument();
    private readonly Argument<string> _role = new Argument<string>("ROLE") { Description = "admin, operator, client or relay" }.Among("admin", "operator", "client", "relay");
    private readonly Argument<string> _name = new("NAME") { Description = "Number of an admin or operator, name of a client or relay" };
    private readonly Option<string?> _publicKey = new("--public-key") { Description = "Certify this public key (PEM) instead of making a key here", HelpName = "FILE" };
    private readonly Option<string> _out = new("--out") { Description = "Where the certificate goes (PEM, with the CAs above it)", HelpName = "FILE", Required = true };
    private readonly Option<string?> _keyOut = new("--key-out") { Description = "Where the new private key goes (PEM, encrypted)", HelpName = "FILE" };
    private readonly Option<string?> _keyPassphrase = new("--key-passphrase-file") { Description = "File with the new key's passphrase (else asked for)", HelpName = "FILE" };
    private readonly Option<string> _kind = CaDirectory.KeyKind();
    private readonly Option<bool> _fast = CaDirectory.UnsafeFast();
    private readonly Option<string[]> _dns = new("--dns") { Description = "DNS name of a relay; may be given again", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _claims = ClaimOption.Option();
    private readonly Option<string[]> _address = new("--address") { Description = "IP address of a relay; may be given again", DefaultValueFactory = _ => [] };

    public CaIssueCommand()
        : base(
            "issue",
            "Certify an admin, operator, client or relay",
            "vaultgrid ca issue ca admin 1 --out admin-1.pem --key-out admin-1.key --key-passphrase-file admin-1.pass --passphrase-file ca.pass")
    {
        foreach (var argument in new Argument[] { _directory, _role, _name }) Arguments.Add(argument);
        foreach (var option in new Option[] { _publicKey, _out, _keyOut, _keyPassphrase, _kind, _fast, _dns, _address, _claims }) Options.Add(option);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var identity = CertificateIdentity.Parse($"{CertificateIdentity.Scheme}{run.Get(_role)}/{run.Get(_name)}").OrEnd($"{run.Get(_role)} {run.Get(_name)}");
        var names = new ServerNames([.. run.Get(_dns)], [.. run.Get(_address).Select(ParseAddress)]);
        var claims = ClaimOption.Read(run.Get(_claims));
        var certificatePath = OutputFiles.Check(run.Get(_out));
        using var authorities = CaDirectory.Open(run, _directory);

        string? keyPath = null;
        using var key = run.Get(_publicKey) is null ? SigningKey.Generate(CaDirectory.ParseKind(run.Get(_kind))) : null;
        using var keyPassphrase = key is null ? null : PassphraseSource.ReadNew(run.Get(_keyPassphrase), $"the new key of {identity}");
        if (key is not null) keyPath = OutputFiles.Check(run.Need(_keyOut, "it says where the new private key goes (or give --public-key)"));
        using var passphrase = CaDirectory.Passphrase(run);
        var issued = authorities.Issue(identity, key?.Public ?? CertificateFile.ReadPublicKey(run.Get(_publicKey)!), names, passphrase, claims).OrEnd();

        if (key is not null) SigningKeyFile.Write(keyPath!, key, keyPassphrase!, run.Get(_fast) ? KeyProtection.UnsafeFast : KeyProtection.Standard);
        new OutputFiles().Add(certificatePath, issued.FullChainPem).Write();
        return Task.FromResult(Issued.Report(issued.Certificate, certificatePath, keyPath));
    }

    private static IPAddress ParseAddress(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw CommandEndedException.Usage($"'{text}' is not an IP address");
}
