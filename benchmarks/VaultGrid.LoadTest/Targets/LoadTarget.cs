using System.Security.Cryptography;
using VaultGrid.Model.Certificates;

namespace VaultGrid.LoadTest;

/// <summary>A grid under load: the way in, and what is needed to make approved requests for one of its keys.</summary>
internal abstract class LoadTarget : IAsyncDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);

    private uint _account;

    /// <summary>The grid; a client that makes no second attempts, so that every failure is seen.</summary>
    public abstract IVaultGrid Grid { get; }

    /// <summary>The resident memory of the silo in bytes; null where it is somebody else's process.</summary>
    public virtual long? SiloMemory => null;

    protected abstract ulong Revocations { get; }

    /// <summary>The key, looked up once.</summary>
    protected KeyStatus Key { get; set; } = null!;

    /// <summary>Makes a fresh request with fresh approvals.</summary>
    public (RequestSubmission Submission, IReadOnlyList<RequestApproval> Approvals) NewRequest()
    {
        var document = RequestDocument.Of(new SignRequest
        {
            Id = LocalRequests.NewId(),
            Cluster = Key.Cluster,
            Policy = Key.Policy,
            Revocations = Revocations,
            Expires = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()) + Life,
            Purpose = "load test",
            Key = Key.Key,
            Path = DerivationPath.Parse($"m/44'/60'/0'/0/{Interlocked.Increment(ref _account) % 1_000_000}").Value,
            Subject = new SigningSubject.Digest(Hash256.Sha256(RandomNumberGenerator.GetBytes(32))),
        });
        return (new RequestSubmission(document.Utf8, null), [.. Approve(document).Select(approval => new RequestApproval(approval.Certificate, approval.Signature))]);
    }

    /// <summary>Asks for an audit signature over eight random bytes.</summary>
    public Task<Outcome<SignatureStatus>> AuditAsync(CancellationToken cancellationToken) =>
        Grid.AuditSignAsync(Key.Cluster, Key.KeyId, null, RandomNumberGenerator.GetBytes(8), cancellationToken);

    public abstract ValueTask DisposeAsync();

    protected abstract IEnumerable<Approval> Approve(RequestDocument request);

    protected static ulong ListNumber(TrustedAuthorities trusted) =>
        trusted.ListNumber(CertificateRole.AdminCa, null, TimeProvider.System.GetUtcNow()) ?? throw new LoadException("the CA bundle has no revocation list of the Admin CA");
}
