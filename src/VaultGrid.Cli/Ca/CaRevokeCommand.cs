using System.CommandLine;
using VaultGrid.Ceremony.Authorities;
using VaultGrid.Cli.Files;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Cli.Ca;

internal sealed class CaRevokeCommand : LeafCommand
{
    private static readonly Dictionary<string, RevocationReason> Reasons = new(StringComparer.Ordinal)
    {
        ["unspecified"] = RevocationReason.Unspecified,
        ["key-compromise"] = RevocationReason.KeyCompromise,
        ["ca-compromise"] = RevocationReason.CaCompromise,
        ["affiliation-changed"] = RevocationReason.AffiliationChanged,
        ["superseded"] = RevocationReason.Superseded,
        ["cessation-of-operation"] = RevocationReason.CessationOfOperation,
    };

    private readonly Argument<string> _directory = CaDirectory.Argument();
    private readonly Option<string?> _certificate = new("--certificate") { Description = "The certificate to revoke", HelpName = "FILE" };
    private readonly Option<string?> _identity = new("--identity") { Description = "Revoke all certificates of this identity, such as vaultgrid://admin/3", HelpName = "URI" };
    private readonly Option<string> _reason = new Option<string>("--reason") { Description = "Why", DefaultValueFactory = _ => "unspecified" }.Among([.. Reasons.Keys]);

    public CaRevokeCommand()
        : base("revoke", "Revoke a certificate and write its CA's next revocation list", "vaultgrid ca revoke ca --identity vaultgrid://admin/3 --reason key-compromise --passphrase-file ca.pass")
    {
        Arguments.Add(_directory);
        foreach (var option in new Option[] { _certificate, _identity, _reason }) Options.Add(option);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        if ((run.Get(_certificate) is null) == (run.Get(_identity) is null)) throw CommandEndedException.Usage("give either --certificate or --identity");
        var reason = Reasons[run.Get(_reason)];
        var certificate = run.Get(_certificate) is { } file ? CertificateFile.Read(file) : null;
        var identity = run.Get(_identity) is { } uri ? CertificateIdentity.Parse(uri).OrEnd(uri) : null;

        using var authorities = CaDirectory.Open(run, _directory);
        using var passphrase = CaDirectory.Passphrase(run);
        var list = (certificate is not null ? authorities.Revoke(certificate, reason, passphrase) : authorities.Revoke(identity!, reason, passphrase)).OrEnd();
        return Task.FromResult(Lists.Report([list], authorities)
            .Line("hand the new list out: vaultgrid ca bundle --publish"));
    }
}
