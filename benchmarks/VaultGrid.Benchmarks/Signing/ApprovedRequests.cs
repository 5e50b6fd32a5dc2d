using System.Security.Cryptography;
using VaultGrid.Enclave.Contracts;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Benchmarks;

/// <summary>Makes signing requests, each fresh, with the approvals of two administrators, each fresh.</summary>
internal sealed class ApprovedRequests(LocalCeremony ceremony, KeyStatus key)
{
    /// <summary>Where the key may sign: the usual accounts, and paths of depth 1 and 10.</summary>
    public static readonly IReadOnlyList<string> Patterns = ["m/44'/60'/*'/0/*", "m/*", "m/1/1/1/1/1/1/1/1/1/*"];

    private readonly ulong _revocations = ceremony.Trusted().ListNumber(CertificateRole.AdminCa, null, TimeProvider.System.GetUtcNow())!.Value;

    /// <summary>So many at a path each, made on all cores.</summary>
    public ApprovedRequest[] Make(int count, Func<int, string> path)
    {
        var expires = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()) + TimeSpan.FromHours(1);
        var made = new ApprovedRequest[count];
        Parallel.For(0, count, at => made[at] = One(path(at), expires));
        return made;
    }

    private ApprovedRequest One(string path, DateTimeOffset expires)
    {
        var digest = Hash256.Sha256(RandomNumberGenerator.GetBytes(32));
        var document = RequestDocument.Of(new SignRequest
        {
            Id = LocalRequests.NewId(),
            Cluster = key.Threshold?.Clusters[0] ?? key.Cluster,
            Clusters = key.Threshold is { } shared ? ClusterSet.Of(shared.Clusters.Select(cluster => cluster.Number)) : null,
            Policy = key.Policy,
            Revocations = _revocations,
            Expires = expires,
            Purpose = "benchmark",
            Key = key.Key,
            Path = DerivationPath.Parse(path).Value,
            Subject = new SigningSubject.Digest(digest),
        });
        return new ApprovedRequest(document, digest, [.. ceremony.Admins.Take(2).Select(admin => admin.Approve(document))]);
    }
}

/// <summary>A request that nobody has seen yet, with its approvals.</summary>
internal sealed record ApprovedRequest(RequestDocument Document, Hash256 Digest, IReadOnlyList<Approval> Approvals)
{
    /// <summary>Has it carried out and takes the signature.</summary>
    public async Task<SignatureStatus> SignAsync(IVaultGrid grid, CancellationToken cancellationToken)
    {
        var outcome = await grid.ExecuteApprovedAsync(
            new RequestSubmission(Document.Utf8, null),
            [.. Approvals.Select(approval => new RequestApproval(approval.Certificate, approval.Signature))],
            cancellationToken);
        return outcome.Is(out var status, out var refusal) && status.Signature is { } signature
            ? signature
            : throw new BenchmarkException($"a request was not carried out: {refusal}");
    }

    /// <summary>The same at an enclave's own door.</summary>
    public async Task SignAsync(IEnclavePort enclave, CancellationToken cancellationToken)
    {
        var outcome = await enclave.AskAsync(new PerformCall(Document.Utf8, Approvals, default), cancellationToken);
        if (!outcome.Is(out _, out var refusal)) throw new BenchmarkException($"an enclave did not sign: {refusal}");
    }

    /// <summary>Verifies what came.</summary>
    public void Verify(SignatureStatus signature)
    {
        var valid = signature.Digest == Digest
            && PublicKey.Parse(signature.PublicKey.Span).Is(out var publicKey, out _)
            && EcdsaSignature.FromDer(signature.Signature.Span).Is(out var parsed, out _)
            && publicKey.Verify(Digest.AsSpan(), parsed);
        if (!valid) throw new BenchmarkException("a signature is not valid");
    }
}
