using System.CommandLine;
using VaultGrid.Ceremony.Keys;
using VaultGrid.Ceremony.Trusts;
using VaultGrid.Cli.Domains;
using VaultGrid.Cli.Files;

namespace VaultGrid.Cli.Trusts;

/// <summary>
/// Where an operator's signature comes from: a key file, a signature made elsewhere (OpenSSL, a PIV token), or the operator's own Domain, whose key
/// no operator ever sees. The operator's certificate is named in each case.
/// </summary>
internal sealed class OperatorKey
{
    private readonly Option<string> _certificate = new("--operator-cert") { Description = "Your operator's certificate", HelpName = "FILE", Required = true };
    private readonly Option<string?> _key = new("--operator-key") { Description = "Its private key", HelpName = "FILE" };
    private readonly Option<string?> _passphrase = new("--operator-passphrase-file") { Description = "File with that key's passphrase (else asked for)", HelpName = "FILE" };
    private readonly Option<string?> _signature = new("--signature") { Description = "A signature made with openssl or a token, instead of a key", HelpName = "FILE" };
    private readonly Option<string?> _domain = new("--domain") { Description = "Your own Domain, which holds the key: its id or file", HelpName = "ID|FILE" };

    public IEnumerable<Option> All => [_certificate, _key, _passphrase, _signature, _domain];

    /// <summary>Ends the command where not exactly one source is named.</summary>
    public void Check(Invocation run)
    {
        var given = new[] { run.Get(_key), run.Get(_signature), run.Get(_domain) }.Count(source => source is not null);
        if (given != 1) throw CommandEndedException.Usage("give one of --operator-key, --signature and --domain");
    }

    public string Identity(Invocation run) => CertificateFile.Read(run.Get(_certificate)).Identity.Uri;

    public async Task<OperatorSignature> SignAsync(Invocation run, TrustBody trust)
    {
        var certificate = CertificateFile.Read(run.Get(_certificate));
        if (run.Get(_signature) is { } file) return TrustSigner.TakeIn(trust, certificate, InputFile.Bytes(file, Approval.SignatureLimit)).OrEnd(file);
        if (run.Get(_domain) is { } domain)
        {
            var signature = await DomainInput.SignAsync(run, domain, OperatorSignature.Statement(trust.Hash));
            return TrustSigner.TakeIn(trust, certificate, signature).OrEnd($"the signature of Domain {domain}");
        }

        var keyPath = run.Get(_key)!;
        using var passphrase = PassphraseSource.Read(run.Get(_passphrase), keyPath);
        using var key = SigningKeyFile.Read(keyPath, passphrase).OrEnd();
        return TrustSigner.Sign(trust, certificate, key).OrEnd();
    }
}
