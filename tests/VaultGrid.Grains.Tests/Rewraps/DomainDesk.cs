using System.Security.Cryptography;
using VaultGrid.Ceremony.Keys;
using VaultGrid.LocalGrid;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Grains.Tests.Rewraps;

/// <summary>Operators and clients of a local grid: makes Trusts, Domains and files' keys the way everybody does, over REST.</summary>
internal sealed class DomainDesk(LocalVaultGrid grid)
{
    private readonly List<(RoleCertificate Certificate, SigningKey Key)> _operators =
        [.. Enumerable.Range(1, 3).Select(number => grid.Ceremony.Certify(CertificateIdentity.Operator((uint)number)))];

    private readonly CertificateCache _certificates = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public TrustId Chain { get; } = TrustId.FromRandom(RandomNumberGenerator.GetBytes(16));

    /// <summary>A Trust over these nodes, signed by all operators and sealed.</summary>
    public async Task<Trust> TrustAsync(Trust? before, params uint[] nodes)
    {
        var hsms = new List<TrustHsm>();
        foreach (var node in nodes)
        {
            var key = (await grid.Client.Trusts.NewHsmKeyAsync(Chain, new HsmKeyRequest(new NodeId(new ClusterId(1), node), "p256"), Cancellation)).Value;
            hsms.Add(HsmKey.Parse(key.Document.Span, _certificates).Value.Hsm);
        }

        var body = TrustBody.Create(before?.Body, Chain, hsms, _operators.Select(one => one.Certificate), 2).Value;
        var statement = OperatorSignature.Statement(body.Hash);
        var signed = _operators.Aggregate(
            Trust.Of(body), (trust, one) => trust.With(new OperatorSignature(one.Certificate, one.Key.SignStatement(statement))).Value);
        _ = (await grid.Client.Trusts.FileTrustAsync(new TrustSubmission(signed.ToBytes()), Cancellation)).Value;
        var status = (await grid.Client.Trusts.SealTrustAsync(body.Hash, new TrustSealing(), Cancellation)).Value;
        return Trust.Parse(status.Document!.Value.Span, _certificates).Value;
    }

    /// <summary>So many Domains, each with a file's key wrapped under it.</summary>
    public async Task<DeskDomain[]> DomainsAsync(int count, Trust trust)
    {
        var ids = Enumerable.Range(0, count).Select(_ => DomainId.FromRandom(RandomNumberGenerator.GetBytes(16))).ToArray();
        var clients = ids.Chunk(ClientClaims.Limit).Select((some, at) => grid.Ceremony.Certify(
            CertificateIdentity.Client($"desk-{at}").Value, ClientClaims.Of(some.Select(id => new DomainClaim(id, DomainOperations.All))).Value)).ToArray();
        var made = new DeskDomain[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Cancellation }, async (at, cancel) =>
        {
            var client = clients[at / ClientClaims.Limit];
            var create = Call(ids[at], client, new DomainParameters.Create(MasterKeyKind.Aes256, "", trust.Hash, trust.Hash), null, out _);
            var answer = (await grid.Client.Trusts.CallDomainAsync(ids[at], create, cancel)).Value;
            made[at] = new DeskDomain(ids[at], client.Certificate, client.Key, Domain.Parse(answer.Domain!.Value.Span, _certificates).Value);
        });
        return made;
    }

    /// <summary>Has a file's key wrapped by a node.</summary>
    public async Task<(FileHeader Header, byte[] FileKey)> WrapAsync(DeskDomain domain)
    {
        var node = new NodeId(new ClusterId(1), 1);
        var said = (await grid.Client.Trusts.GetSessionKeyAsync(node, Cancellation)).Value;
        var offer = SessionKeyOffer.Check(said.Statement.Span, said.Certificate.Span, said.Signature.Span, domain.Made.Trust.Body, TimeProvider.System.GetUtcNow()).Value;
        var (fileKey, nonce, part) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(CallBody.NonceLength), FileHeader.NewStreamPart());
        using var secret = SecretBytes.Take(fileKey.ToArray());
        var box = SealedBox.Seal(offer.Key, CallSecrets.InCall("domain-encrypt", new CallTarget.OfDomain(domain.Id), domain.Certificate.Key, nonce), [], secret);
        var call = Call(domain.Id, (domain.Certificate, domain.Key), new DomainParameters.Encrypt(domain.Made.Keys.Hash, part, offer.Name, box), nonce, out _) with { Node = node };
        var answer = (await grid.Client.Trusts.CallDomainAsync(domain.Id, call, Cancellation)).Value;
        return (FileHeader.Create(part, domain.Id.Value, answer.Master, answer.Result!.Value.Span).Value, fileKey);
    }

    /// <summary>Opens a file's key with the Domain as the grid has it, or says why not.</summary>
    public async Task<Outcome<byte[]>> OpenAsync(DeskDomain domain, FileHeader header, NodeId? node = null)
    {
        if (!(await grid.Client.Trusts.GetDomainAsync(domain.Id, Cancellation)).Is(out var status, out var refusal)) return refusal;
        var document = status.Document!.Value;
        var current = Domain.Parse(document.Span, _certificates).Value;
        var call = Call(domain.Id, (domain.Certificate, domain.Key), new DomainParameters.DecryptFile(current.Keys.Hash, header.Bytes), null, out var answerKey) with { Node = node };
        var outcome = await grid.Client.Trusts.CallDomainAsync(domain.Id, call, Cancellation);

        // Re-wrapped since it was read: the caller's copy goes along.
        if (outcome.Refusal?.Code == RefusalCode.DomainUnknown) outcome = await grid.Client.Trusts.CallDomainAsync(domain.Id, call with { Domain = document }, Cancellation);
        if (!outcome.Is(out var answer, out refusal)) return refusal;
        using var secret = SealedBox.Open(answerKey, CallSecrets.InAnswer(call.Body.Span), [], answer.Result!.Value.Span).Value;
        var bytes = new byte[secret.Length];
        secret.CopyTo(bytes);
        return bytes;
    }

    private static DomainCall Call(DomainId id, (RoleCertificate Certificate, SigningKey Key) client, DomainParameters asked, byte[]? nonce, out P256AgreementKey answerKey)
    {
        answerKey = P256AgreementKey.Generate();
        var parameters = asked.ToBytes();
        var body = new CallBody
        {
            Action = asked.Action, Target = new CallTarget.OfDomain(id), Cluster = new ClusterId(1), Parameters = CallBody.HashOf(parameters),
            Expires = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()) + CallBody.LongestLife,
            Nonce = nonce ?? RandomNumberGenerator.GetBytes(CallBody.NonceLength), AnswerKey = answerKey.PublicKey.Bytes.ToArray(),
        }.ToBytes();
        return new DomainCall(body, client.Certificate.Der, client.Key.SignStatement(CallBody.Statement(body)), parameters);
    }
}

/// <summary>A Domain with its client.</summary>
internal sealed record DeskDomain(DomainId Id, RoleCertificate Certificate, SigningKey Key, Domain Made);
