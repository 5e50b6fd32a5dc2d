using System.CommandLine;
using System.Text.Json.Nodes;
using VaultGrid.Cli.Files;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Json;

namespace VaultGrid.Cli.Verifying;

internal sealed class VerifyCertificateCommand : LeafCommand
{
    private readonly Argument<string> _certificate = new("FILE") { Description = "The certificate" };
    private readonly Option<string> _authorities = new("--authorities") { Description = "CA bundle, from 'ca bundle'", HelpName = "FILE", Required = true };

    public VerifyCertificateCommand()
        : base("certificate", "Verify a certificate's chain, role, validity and revocation, as an enclave would", "vaultgrid verify certificate admin-1.pem --authorities authorities.pem")
    {
        Arguments.Add(_certificate);
        Options.Add(_authorities);
    }

    protected override Task<Report> RunAsync(Invocation run)
    {
        var certificate = CertificateFile.Read(run.Get(_certificate));
        var trusted = CertificateFile.ReadTrusted(run.Get(_authorities), run.Now);
        _ = ChainVerifier.Verify(certificate, certificate.Role, trusted, run.Now).OrEnd();
        return Task.FromResult(new Report(new JsonObject
        {
            ["valid"] = true,
            ["identity"] = certificate.Identity.Uri,
            ["role"] = certificate.Role.Name(),
            ["serial"] = certificate.Serial.ToString(),
            ["notAfter"] = UtcTime.Format(certificate.NotAfter),
            ["root"] = Hex.Encode(trusted.Root.Thumbprint.Span),
        })
            .Line("the certificate counts")
            .Field("identity", certificate.Identity)
            .Field("role", certificate.Role.Name())
            .Field("valid until", UtcTime.Format(certificate.NotAfter))
            .Field("root, SHA-256", Hex.Encode(trusted.Root.Thumbprint.Span)));
    }
}
