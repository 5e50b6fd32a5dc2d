using System.Runtime.CompilerServices;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Client;

/// <summary>
/// Uses Domains for one client: signs calls with the key of its certificate, seals secrets to enclaves and opens what they answer. Whatever size a file has,
/// one call and 32 sealed bytes cross the boundary.
/// </summary>
/// <param name="grid">The grid.</param>
/// <param name="identity">Who calls; the claims in its certificate say what it may do.</param>
/// <param name="authorities">What Domains and HSMs are verified by.</param>
/// <param name="time">The clock.</param>
public sealed class DomainClient(ITrustGrid grid, TlsIdentity identity, KnownAuthorities authorities, TimeProvider time)
{
    private readonly CertificateCache _certificates = new();
    private volatile StrongBox<NodeId>? _lastNode;

    /// <summary>The node that answered last: to be shown, not to be decided by.</summary>
    public NodeId? LastNode => _lastNode?.Value;

    /// <summary>Asks the grid for a Domain and checks it (<see cref="DomainAssurance"/>).</summary>
    public async Task<Outcome<Domain>> GetAsync(DomainId domain, CancellationToken cancellationToken)
    {
        if (!(await grid.GetDomainAsync(domain, cancellationToken).ConfigureAwait(false)).Is(out var status, out var refusal)) return refusal;
        return Take(domain, status.Document ?? default);
    }

    /// <summary>Makes a Domain under the newest Trust of a chain; the certificate must claim <c>create</c> for its id.</summary>
    /// <param name="domain">Its id.</param>
    /// <param name="kind">What its master key is.</param>
    /// <param name="owner">The operator whose signing key it will be (identity), or empty.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Outcome<Domain>> CreateAsync(DomainId domain, MasterKeyKind kind, string owner, TrustId chain, CancellationToken cancellationToken)
    {
        if (!(await NewestAsync(chain, cancellationToken).ConfigureAwait(false)).Is(out var newest, out var refusal)) return refusal;
        var (status, trust) = newest;
        var parameters = new DomainParameters.Create(kind, owner, status.First, trust.Hash);
        var answer = await AskAsync(domain, trust.Body, parameters, null, cancellationToken).ConfigureAwait(false);
        return answer.Then(given => Take(domain, given.Answer.Domain ?? default));
    }

    /// <summary>Has the key of a new file wrapped.</summary>
    /// <param name="domain">The Domain, checked.</param>
    /// <param name="streamPart">The file's stream part (<see cref="FileHeader.NewStreamPart"/>).</param>
    /// <param name="fileKey">32 random bytes; sealed to one enclave, stays the caller's.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The file's header.</returns>
    public async Task<Outcome<FileHeader>> WrapAsync(Domain domain, ReadOnlyMemory<byte> streamPart, SecretBytes fileKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(fileKey);
        return await CallAgain.AskAsync(time, () => WrapAtSomeAsync(domain, streamPart, fileKey, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has the key of a file opened, into locked memory here.</summary>
    public Task<Outcome<SecretBytes>> UnwrapAsync(Domain domain, FileHeader header, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(header);
        return header.Domain == domain.Keys.Id.Value
            ? OpenAsync(domain, new DomainParameters.DecryptFile(domain.Keys.Hash, header.Bytes), cancellationToken)
            : Task.FromResult<Outcome<SecretBytes>>(new Refusal(RefusalCode.DomainInvalid, $"the file belongs to Domain {new DomainId(header.Domain)}, not to {domain.Keys.Id}"));
    }

    /// <summary>Has a file's key wrapped under the newest master key; the chunks stay as they are. Needs the claims decrypt and encrypt.</summary>
    /// <returns>The header to put in place of the old one.</returns>
    public async Task<Outcome<FileHeader>> RewrapAsync(Domain domain, FileHeader header, CancellationToken cancellationToken)
    {
        if (!(await UnwrapAsync(domain, header, cancellationToken).ConfigureAwait(false)).Is(out var fileKey, out var refusal)) return refusal;
        using (fileKey) return await WrapAsync(domain, header.StreamPart, fileKey, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Decrypts with a key-pair Domain of kind rsa-3072 (OAEP, SHA-256).</summary>
    public Task<Outcome<SecretBytes>> DecryptAsync(Domain domain, uint master, ReadOnlyMemory<byte> ciphertext, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return OpenAsync(domain, new DomainParameters.DecryptData(domain.Keys.Hash, master, ciphertext), cancellationToken);
    }

    /// <summary>Signs with a key-pair Domain: ed25519 the message, others its SHA-256 digest.</summary>
    /// <returns>The signature with the version of the master key that made it.</returns>
    public async Task<Outcome<DomainAnswer>> SignAsync(Domain domain, uint master, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domain);
        var parameters = new DomainParameters.Sign(domain.Keys.Hash, master, message);
        var answer = await AskAsync(domain.Keys.Id, domain.Trust.Body, parameters, domain, cancellationToken).ConfigureAwait(false);
        if (!answer.Is(out var given, out var refusal)) return refusal;
        given.Dispose();
        return given.Answer;
    }

    /// <summary>Has the next revision written for the newest Trust, with a new master key if asked.</summary>
    /// <param name="domain">The Domain as it is.</param>
    /// <param name="newMaster">Draws a new master key for new data.</param>
    /// <param name="oldest">Drops master keys below this version; 0 drops none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<Outcome<Domain>> RotateAsync(Domain domain, bool newMaster, uint oldest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (!(await NewestAsync(domain.Trust.Body.Id, cancellationToken).ConfigureAwait(false)).Is(out var newest, out var refusal)) return refusal;
        var parameters = new DomainParameters.Rotate(domain.Keys.Hash, newest.Trust.Hash, newMaster, oldest);

        // Who rotates must have a token in the Domain as it is.
        var answer = await AskAsync(domain.Keys.Id, domain.Trust.Body, parameters, domain, cancellationToken).ConfigureAwait(false);
        return answer.Then(given => Take(domain.Keys.Id, given.Answer.Domain ?? default));
    }

    /// <summary>Has the grid serve the Domain no more; the certificate must claim <c>rotate</c> for it.</summary>
    public async Task<Outcome<DomainStatus>> RetireAsync(Domain domain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domain);
        using var signer = new CallSigner(identity, new CallTarget.OfDomain(domain.Keys.Id));
        var call = signer.Sign(
            new DomainParameters.Retire(domain.Keys.Hash), DomainRoute.Nodes(domain.Trust.Body)[0].Cluster, time.GetUtcNow(), node: null);
        return await grid.RetireDomainAsync(domain.Keys.Id, call, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Outcome<SecretBytes>> OpenAsync(Domain domain, DomainParameters parameters, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(domain.Keys.Id, domain.Trust.Body, parameters, domain, cancellationToken).ConfigureAwait(false);
        if (!answer.Is(out var given, out var refusal)) return refusal;
        using (given) return given.Signer.Open((given.Answer.Result ?? default).Span);
    }

    private async Task<Outcome<FileHeader>> WrapAtSomeAsync(Domain domain, ReadOnlyMemory<byte> streamPart, SecretBytes fileKey, CancellationToken cancellationToken)
    {
        Refusal? last = null;
        foreach (var node in DomainRoute.Nodes(domain.Trust.Body))
        {
            var answer = await WrapAtAsync(node, domain, streamPart, fileKey, cancellationToken).ConfigureAwait(false);

            // An enclave that started since its session key was asked for has another one.
            if (answer.Refusal?.Code == RefusalCode.CallInvalid)
                answer = await WrapAtAsync(node, domain, streamPart, fileKey, cancellationToken).ConfigureAwait(false);
            if (answer.Is(out var given, out var refusal))
                return FileHeader.Create(streamPart.Span, domain.Keys.Id.Value, given.Master, (given.Result ?? default).Span);
            if (!DomainRoute.GoesOn(refusal.Code)) return refusal;
            last = DomainRoute.Telling(last, refusal);
        }

        return last ?? DomainRoute.Nobody;
    }

    private async Task<Outcome<DomainAnswer>> WrapAtAsync(
        NodeId node, Domain domain, ReadOnlyMemory<byte> streamPart, SecretBytes fileKey, CancellationToken cancellationToken)
    {
        if (!(await grid.GetSessionKeyAsync(node, cancellationToken).ConfigureAwait(false)).Is(out var status, out var refusal)) return refusal;
        var now = time.GetUtcNow();
        if (!SessionKeyOffer.Check(status.Statement.Span, status.Certificate.Span, status.Signature.Span, domain.Trust.Body, now).Is(out var offer, out refusal)) return refusal;

        // The certificate that the enclave has now; the Trust may name an older one of the same key.
        if (!_certificates.Parse(status.Certificate.Span).Is(out var device, out refusal)) return refusal;
        if (!ChainVerifier.Verify(device, CertificateRole.Device, authorities.Current, now).Is(out _, out refusal)) return refusal;
        using var signer = new CallSigner(identity, new CallTarget.OfDomain(domain.Keys.Id));
        var box = signer.Seal(fileKey, offer, "domain-encrypt");
        var call = signer.Sign(new DomainParameters.Encrypt(domain.Keys.Hash, streamPart, offer.Name, box), node.Cluster, now, node);
        return await CallAsync(domain.Keys.Id, call, domain, cancellationToken).ConfigureAwait(false);
    }

    private Task<Outcome<Asked>> AskAsync(DomainId domain, TrustBody trust, DomainParameters parameters, Domain? document, CancellationToken cancellationToken) =>
        CallAgain.AskAsync(time, () => AskAtSomeAsync(domain, trust, parameters, document, cancellationToken), cancellationToken);

    // Each cluster that has an HSM in the Trust may answer; a new call for each, because a call names its cluster and is answered once.
    private async Task<Outcome<Asked>> AskAtSomeAsync(DomainId domain, TrustBody trust, DomainParameters parameters, Domain? document, CancellationToken cancellationToken)
    {
        Refusal? last = null;
        foreach (var cluster in DomainRoute.Clusters(trust))
        {
            var outcome = await AskAtAsync(cluster, domain, parameters, document, cancellationToken).ConfigureAwait(false);
            if (outcome.Refusal is not { } refusal || !DomainRoute.GoesOn(refusal.Code)) return outcome;
            last = DomainRoute.Telling(last, refusal);
        }

        return last ?? DomainRoute.Nobody;
    }

    private async Task<Outcome<Asked>> AskAtAsync(ClusterId cluster, DomainId domain, DomainParameters parameters, Domain? document, CancellationToken cancellationToken)
    {
        var signer = new CallSigner(identity, new CallTarget.OfDomain(domain));
        var outcome = await CallAsync(domain, signer.Sign(parameters, cluster, time.GetUtcNow(), node: null), document, cancellationToken).ConfigureAwait(false);
        if (outcome.Is(out var answer, out var refusal)) return new Asked(signer, answer);
        signer.Dispose();
        return refusal;
    }

    // The grid has most Domains, and a document is many times a call's size: it is sent along where it is asked for. The call isn't used up by then.
    private async Task<Outcome<DomainAnswer>> CallAsync(DomainId id, DomainCall call, Domain? domain, CancellationToken cancellationToken)
    {
        var outcome = await grid.CallDomainAsync(id, call, cancellationToken).ConfigureAwait(false);
        if (outcome.Refusal?.Code == RefusalCode.DomainUnknown && domain is not null)
            outcome = await grid.CallDomainAsync(id, call with { Domain = domain.ToBytes() }, cancellationToken).ConfigureAwait(false);
        if (outcome.Is(out var answer, out _)) _lastNode = new StrongBox<NodeId>(answer.Node);
        return outcome;
    }

    private async Task<Outcome<(ChainStatus Status, Trust Trust)>> NewestAsync(TrustId chain, CancellationToken cancellationToken)
    {
        if (!(await grid.GetChainAsync(chain, cancellationToken).ConfigureAwait(false)).Is(out var status, out var refusal)) return refusal;
        if (!(await grid.GetTrustAsync(status.Newest, cancellationToken).ConfigureAwait(false)).Is(out var found, out refusal)) return refusal;
        return Trust.Parse((found.Document ?? default).Span, _certificates).Then<(ChainStatus, Trust)>(trust => (status, trust));
    }

    private Outcome<Domain> Take(DomainId id, ReadOnlyMemory<byte> document) => Domain.Parse(document.Span, _certificates).Then<Domain>(domain =>
    {
        if (domain.Keys.Id != id) return new Refusal(RefusalCode.DomainInvalid, $"the grid answered with Domain {domain.Keys.Id}, not {id}");
        return DomainAssurance.Check(domain, authorities.Current).Is(out _, out var refusal) ? domain : refusal;
    });

    private sealed record Asked(CallSigner Signer, DomainAnswer Answer) : IDisposable
    {
        public void Dispose() => Signer.Dispose();
    }
}
