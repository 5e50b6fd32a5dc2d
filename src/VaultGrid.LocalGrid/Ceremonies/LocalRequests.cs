using System.Security.Cryptography;
using VaultGrid.Model.Certificates;

namespace VaultGrid.LocalGrid;

/// <summary>Writes requests of a grid on this machine, has its administrators approve them and executes them through the relay.</summary>
public sealed class LocalRequests
{
    private const int Patience = 4;

    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly LocalCeremony _ceremony;
    private readonly IVaultGrid _grid;
    private readonly TimeProvider _time;

    internal LocalRequests(LocalCeremony ceremony, IVaultGrid grid, TimeProvider time) => (_ceremony, _grid, _time) = (ceremony, grid, time);

    /// <summary>A fresh request id.</summary>
    public static RequestId NewId() => RequestId.At(TimeProvider.System.GetUtcNow(), RandomNumberGenerator.GetBytes(16));

    /// <summary>One hour from now, in whole seconds.</summary>
    public DateTimeOffset Expires => DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds()) + Life;

    /// <summary>The number of the Admin CA's list.</summary>
    public ulong Revocations => _ceremony.Trusted().ListNumber(CertificateRole.AdminCa, null, _time.GetUtcNow())!.Value;

    /// <summary>The request to give a cluster its first members.</summary>
    public (RequestDocument Request, byte[] Document) FirstMembers(ClusterId cluster, int nodes)
    {
        var (write, read) = MembershipRecord.Witnesses(nodes);
        var record = new MembershipRecord
        {
            Cluster = cluster,
            Number = 1,
            Predecessor = null,
            Nodes = [.. Enumerable.Range(1, nodes).Select(number => (uint)number)],
            WriteWitnesses = write,
            ReadWitnesses = read,
        };
        var request = new ChangeMembershipRequest
        {
            Id = NewId(),
            Cluster = cluster,
            Policy = _ceremony.AdminsPolicy.Hash(),
            Revocations = Revocations,
            Expires = Expires,
            Purpose = "first members",
            Membership = record.Hash(),
            Replaces = null,
        };
        return (RequestDocument.Of(request), record.ToUtf8());
    }

    /// <summary>The request for a new key with its first policy, made by one node.</summary>
    public RequestDocument NewKey(NodeId maker, KeyPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return RequestDocument.Of(new CreateKeyRequest
        {
            Id = NewId(),
            Cluster = maker.Cluster,
            Policy = _ceremony.AdminsPolicy.Hash(),
            Revocations = Revocations,
            Expires = Expires,
            Purpose = $"new key {policy.KeyId}",
            KeyId = policy.KeyId,
            Kind = KeyKind.Bip32,
            Node = maker.Index,
            FirstPolicy = policy.Hash(),
        });
    }

    /// <summary>The request that several clusters import a key that was dealt to them.</summary>
    public RequestDocument Deal(KeyPolicy policy, Hash256 manifest, IReadOnlyList<ClusterId> clusters)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(clusters);
        return RequestDocument.Of(new DealKeyRequest
        {
            Id = NewId(),
            Cluster = clusters[0],
            Clusters = ClusterSet.Of(clusters.Select(cluster => cluster.Number)),
            Policy = _ceremony.AdminsPolicy.Hash(),
            Revocations = Revocations,
            Expires = Expires,
            Purpose = $"new key {policy.KeyId} of several clusters",
            KeyId = policy.KeyId,
            Kind = KeyKind.ThresholdEcdsa,
            Manifest = manifest,
            FirstPolicy = policy.Hash(),
        });
    }

    /// <summary>The request for a Bootstrap Trust or its successor, to be sealed in a cluster.</summary>
    public RequestDocument Bootstrap(TrustBody trust, ClusterId cluster)
    {
        ArgumentNullException.ThrowIfNull(trust);
        return RequestDocument.Of(new BootstrapTrustRequest
        {
            Id = NewId(),
            Cluster = cluster,
            Policy = _ceremony.AdminsPolicy.Hash(),
            Revocations = Revocations,
            Expires = Expires,
            Purpose = trust.IsBootstrap ? "first start" : "the operators take over",
            Trust = trust.Hash,
            Replaces = trust.Predecessor,
        });
    }

    /// <summary>The request for one signature.</summary>
    public RequestDocument Sign(KeyStatus key, DerivationPath path, SigningSubject subject, string purpose)
    {
        ArgumentNullException.ThrowIfNull(key);
        return RequestDocument.Of(new SignRequest
        {
            Id = NewId(),
            Cluster = key.Threshold?.Clusters[0] ?? key.Cluster,
            Clusters = key.Threshold is { } shared ? ClusterSet.Of(shared.Clusters.Select(cluster => cluster.Number)) : null,
            Policy = key.Policy,
            Revocations = Revocations,
            Expires = Expires,
            Purpose = purpose,
            Key = key.Key,
            Path = path,
            Subject = subject,
        });
    }

    /// <summary>Approvals of the first so many administrators.</summary>
    public IReadOnlyList<Approval> Approve(RequestDocument request, int count) => [.. _ceremony.Admins.Take(count).Select(admin => admin.Approve(request))];

    /// <summary>Files and executes a request under approvals.</summary>
    public Task<Outcome<RequestStatus>> ExecuteAsync(
        RequestDocument request, byte[]? document, IReadOnlyList<Approval> approvals, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _grid.ExecuteApprovedAsync(
            new RequestSubmission(request.Utf8, document is null ? default(ReadOnlyMemory<byte>?) : document),
            [.. approvals.Select(approval => new RequestApproval(approval.Certificate, approval.Signature))],
            cancellationToken);
    }

    /// <summary>The same under the approvals of the first so many administrators, where a refusal is a failure of the grid.</summary>
    /// <exception cref="LocalGridException">It was refused.</exception>
    public Task<RequestStatus> DoAsync(RequestDocument request, byte[]? document, int approvals, CancellationToken cancellationToken) =>
        DoAsync(request, document, Approve(request, approvals), cancellationToken);

    /// <summary>The same under approvals that were given before.</summary>
    /// <exception cref="LocalGridException">It was refused.</exception>
    public async Task<RequestStatus> DoAsync(RequestDocument request, byte[]? document, IReadOnlyList<Approval> given, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var outcome = await ExecuteAsync(request, document, given, cancellationToken).ConfigureAwait(false);

        // A ceremony may outlast the call that began it; the same request again hears how it ends, for as long as it goes on.
        for (var again = 0; outcome.Refusal?.Code == RefusalCode.GridUnavailable && (again < Patience || await GoesOnAsync(request, cancellationToken).ConfigureAwait(false)); again++)
            outcome = await ExecuteAsync(request, document, given, cancellationToken).ConfigureAwait(false);
        var what = $"request '{request.Request.Purpose}' of cluster {request.Request.Cluster}";
        if (!outcome.Is(out var status, out var refusal)) throw new LocalGridException($"{what} was refused: {refusal}{await BlamedAsync(request, cancellationToken).ConfigureAwait(false)}");
        return status.State == "done"
            ? status
            : throw new LocalGridException($"{what} is {status.State}: {status.Refusal?.Code} {status.Refusal?.Detail}{await BlamedAsync(request, cancellationToken).ConfigureAwait(false)}");
    }

    private async Task<bool> GoesOnAsync(RequestDocument request, CancellationToken cancellationToken) =>
        (await _grid.SharedKeys.GetCeremonyAsync(request.Hash, cancellationToken).ConfigureAwait(false)).Is(out var ceremony, out _) && ceremony.State != "failed";

    private async Task<string> BlamedAsync(RequestDocument request, CancellationToken cancellationToken) =>
        (await _grid.SharedKeys.GetCeremonyAsync(request.Hash, cancellationToken).ConfigureAwait(false)).Is(out var ceremony, out _) && ceremony.Blamed.Count > 0
            ? $"; blamed: {string.Join(", ", ceremony.Blamed.Select(blame => $"{blame.Node} {blame.Why}"))}"
            : "";
}
