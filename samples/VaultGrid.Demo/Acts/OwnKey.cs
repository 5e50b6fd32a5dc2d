using VaultGrid.Model.Certificates;

namespace VaultGrid.Demo;

/// <summary>An operator's signing key in a Domain of the grid: no operator ever sees it.</summary>
internal sealed class OwnKey : IDisposable
{
    private readonly Stage _stage;
    private readonly TlsIdentity _identity;
    private readonly VaultGridClient _client;
    private readonly DomainClient _domains;
    private Domain _domain;

    private OwnKey(Stage stage, TlsIdentity identity, VaultGridClient client, DomainClient domains, Domain domain, RoleCertificate certificate) =>
        (_stage, _identity, _client, _domains, _domain, Certificate) = (stage, identity, client, domains, domain, certificate);

    public RoleCertificate Certificate { get; }

    public static async Task<OwnKey> MakeAsync(Stage stage, TrustId chain, DomainId id, uint number)
    {
        var claims = ClientClaims.Of([new DomainClaim(id, DomainOperations.Create | DomainOperations.Sign | DomainOperations.Rotate)]).Value;
        var identity = stage.Grid.Ceremony.Client($"operator-{number}-device", claims);
        var client = stage.Grid.Connect(identity, retries: 2);
        var domains = stage.Grid.Domains(client, identity);
        var domain = Stage.Must(await domains.CreateAsync(id, MasterKeyKind.EcdsaP256, CertificateIdentity.Operator(number).Uri, chain, stage.Cancellation), "the operator's own Domain");
        stage.Record.Keep(domain);
        var point = P256PublicKey.Parse(domain.Keys.Current.Public.Span).Value;
        var certificate = stage.Grid.Ceremony.Operator(number, CertificateKey.Parse(point.ToSubjectPublicKeyInfo()).Value);
        return new OwnKey(stage, identity, client, domains, domain, certificate);
    }

    public async Task<OperatorSignature> SignAsync(TrustBody trust)
    {
        var digest = Hash256.Sha256(OperatorSignature.Statement(trust.Hash));
        var answer = Stage.Must(await _domains.SignAsync(_domain, 0, digest.ToArray(), _stage.Cancellation), "signing with the operator's Domain");
        return new OperatorSignature(Certificate, answer.Result!.Value);
    }

    /// <summary>Waits until the grid has re-wrapped the Domain for a Trust.</summary>
    public async Task RewrappedAsync(Trust trust)
    {
        _domain = await _stage.RewrappedAsync(_domains, _domain.Keys.Id, trust);
        _stage.Record.Keep(_domain);
    }

    public void Dispose()
    {
        _client.Dispose();
        _identity.Dispose();
    }
}
