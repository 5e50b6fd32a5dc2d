using System.Collections.Immutable;
using System.Globalization;
using VaultGrid.Model.Certificates;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Who may approve the use of a key, how many of them it takes, and for what. Sealed with the key and checked in the enclave.</summary>
/// <remarks>
/// Policies of a key form a chain: each has a number and names its predecessor by hash; only the predecessor's quorum replaces it.
/// The administrators pinned at provisioning are such a policy too, under <see cref="KeyId.Provisioning"/>, without algorithms and paths.
/// </remarks>
public sealed record KeyPolicy
{
    /// <summary>The version of the policy format for policies without permissions and refresh.</summary>
    public const uint Version = 1;

    /// <summary>The version for policies that have either: members <c>permissions</c> and <c>refresh</c>.</summary>
    public const uint VersionWithPermissions = 2;

    /// <summary>The most clients that a policy may list.</summary>
    public const int PermissionLimit = 64;

    /// <summary>The shortest time between two refreshes.</summary>
    public static readonly TimeSpan ShortestRefresh = TimeSpan.FromMinutes(1);

    /// <summary>The longest time between two refreshes.</summary>
    public static readonly TimeSpan LongestRefresh = TimeSpan.FromDays(3660);

    /// <summary>The most administrators that a policy may list.</summary>
    public const int AdminLimit = 64;

    /// <summary>The most path patterns that a policy may list.</summary>
    public const int PathLimit = 64;

    private const string What = "the policy";

    /// <summary>The key that it governs.</summary>
    public required KeyId KeyId { get; init; }

    /// <summary>Its place in the chain, from 1.</summary>
    public required ulong Number { get; init; }

    /// <summary>The hash of the policy before it; null for the first.</summary>
    public required Hash256? Predecessor { get; init; }

    /// <summary>How many distinct administrators must approve.</summary>
    public required int Quorum { get; init; }

    /// <summary>Who may approve, in order of identity.</summary>
    public required ImmutableArray<PolicyAdmin> Admins { get; init; }

    /// <summary>What the key may sign; deny by default.</summary>
    public required ImmutableArray<SigningAlgorithm> Algorithms { get; init; }

    /// <summary>Where the key may sign; deny by default.</summary>
    public required ImmutableArray<PathPattern> Paths { get; init; }

    /// <summary>Which clients may use the key by a signed call of their own, without approvals, and how; deny by default. In order of identity.</summary>
    public ImmutableArray<KeyGrant> Permissions { get; init; } = [];

    /// <summary>How old a version of a shared key's shares may get before its holders refresh it by themselves, in whole seconds; null for never.</summary>
    public TimeSpan? Refresh { get; init; }

    private bool NeedsPermissions => Permissions.Length > 0 || Refresh is not null;

    /// <summary>Writes it down; the hash of these bytes names it.</summary>
    public byte[] ToUtf8()
    {
        var writer = new CanonicalWriter(NeedsPermissions ? VersionWithPermissions : Version)
            .Add("keyId", KeyId)
            .Add("number", Number)
            .Add("predecessor", Predecessor)
            .Add("quorum", (ulong)Quorum)
            .AddAll("admins", Admins)
            .AddAll("algorithms", Algorithms.Select(algorithm => algorithm.Name()))
            .AddAll("paths", Paths);
        if (NeedsPermissions) writer.AddAll("permissions", Permissions).Add("refresh", (object)RefreshText);
        return writer.ToUtf8();
    }

    private string RefreshText => Refresh is { } refresh ? ((ulong)refresh.TotalSeconds).ToString(CultureInfo.InvariantCulture) : DocumentReader.None;

    /// <summary>The hash that requests and successors name it by.</summary>
    public Hash256 Hash() => Hash256.Of("policy", ToUtf8());

    /// <summary>Reads a policy and checks that it can be satisfied and means one thing.</summary>
    public static Outcome<KeyPolicy> Parse(ReadOnlySpan<byte> utf8)
    {
        if (!CanonicalObject.Parse(utf8, RefusalCode.PolicyMalformed, What).Is(out var document, out var refusal)) return refusal;

        var reader = new DocumentReader(document, RefusalCode.PolicyMalformed, What, Version, VersionWithPermissions);
        var policy = new KeyPolicy
        {
            KeyId = reader.Parsed<KeyId>("keyId", KeyId.TryParse),
            Number = reader.Number("number"),
            Predecessor = reader.HashOrNone("predecessor"),
            Quorum = (int)Math.Min(reader.Number("quorum"), AdminLimit + 1UL),
            Admins = reader.All<PolicyAdmin>("admins", PolicyAdmin.TryParse, AdminLimit),
            Algorithms = reader.All<SigningAlgorithm>("algorithms", SigningAlgorithms.TryParse, Enum.GetValues<SigningAlgorithm>().Length),
            Paths = reader.All<PathPattern>("paths", TryParsePath, PathLimit),
            Permissions = reader.IsNewer ? reader.All<KeyGrant>("permissions", KeyGrant.TryParse, PermissionLimit) : [],
            Refresh = reader.IsNewer && reader.Text("refresh") != DocumentReader.None ? TimeSpan.FromSeconds(Math.Min(reader.Number("refresh"), 1UL << 40)) : null,
        };
        if (reader.IsNewer && !policy.NeedsPermissions) reader.Fail("a policy without permissions and refresh is written in version 1");
        if (policy.Fault() is { } fault) reader.Fail(fault);
        return reader.End(out refusal) ? policy : refusal;
    }

    /// <summary>Checks that this policy may follow another: same key, next number, names it by hash.</summary>
    public Outcome<Done> CheckFollows(KeyPolicy predecessor)
    {
        ArgumentNullException.ThrowIfNull(predecessor);
        if (KeyId != predecessor.KeyId || Number != predecessor.Number + 1 || Predecessor != predecessor.Hash())
            return new Refusal(RefusalCode.StateConflict, $"policy {Number} of '{KeyId}' does not follow policy {predecessor.Number} of '{predecessor.KeyId}'");
        return default(Done);
    }

    /// <summary>Checks that the key may sign this there.</summary>
    public Outcome<Done> CheckUse(SignRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CheckUse(request.Algorithm, request.Path);
    }

    /// <summary>Checks that the key may sign this way there; <c>policy.algorithm</c>, <c>policy.path</c>.</summary>
    public Outcome<Done> CheckUse(SigningAlgorithm algorithm, DerivationPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Algorithms.Contains(algorithm))
            return new Refusal(RefusalCode.PolicyAlgorithm, $"the policy of '{KeyId}' does not allow {algorithm.Name()}");
        if (!Paths.Any(pattern => pattern.Allows(path)))
            return new Refusal(RefusalCode.PolicyPath, $"the policy of '{KeyId}' does not allow the path {path}");
        return default(Done);
    }

    /// <summary>Checks that a client may use the key this way by a call of its own; <c>call.denied</c> for whatever isn't listed.</summary>
    public Outcome<Done> CheckPermission(RoleCertificate caller, KeyOperations operation)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return Permissions.Any(permission => permission.Permits(caller, operation))
            ? default(Done)
            : new Refusal(RefusalCode.CallDenied, $"the policy of '{KeyId}' does not permit {caller.Identity} to {operation.Name()} with it");
    }

    /// <summary>Equal where the documents are.</summary>
    public bool Equals(KeyPolicy? other) => other is not null && Hash() == other.Hash();

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(KeyId, Number, Predecessor);

    private static bool TryParsePath(string text, out PathPattern pattern) => PathPattern.TryParse(text, out pattern!);

    private string? Fault()
    {
        if (Number == 0 || (Number == 1) != (Predecessor is null)) return "the first policy is number 1 and has no predecessor; every other has one";
        if (Quorum < 1 || Quorum > Admins.Length) return "the quorum lies between 1 and the number of administrators";
        for (var i = 1; i < Admins.Length; i++)
        {
            if (string.CompareOrdinal(Admins[i - 1].Identity, Admins[i].Identity) >= 0) return "administrators stand in order of identity, each once";
        }

        // One person under two names must not count twice, so keys are distinct as well as names.
        if (Admins.DistinctBy(admin => admin.Key).Count() != Admins.Length) return "two administrators share one key";
        if (Algorithms.Distinct().Count() != Algorithms.Length || Paths.Distinct().Count() != Paths.Length) return "an algorithm or a path stands twice";
        for (var i = 1; i < Permissions.Length; i++)
        {
            if (string.CompareOrdinal(Permissions[i - 1].Identity, Permissions[i].Identity) >= 0) return "permissions stand in order of the clients' identities, each once";
        }

        if (Refresh is { } refresh && (refresh < ShortestRefresh || refresh > LongestRefresh)) return "shares are refreshed every minute at most, and every ten years at least";
        if (KeyId == KeyId.Provisioning && NeedsPermissions) return "the provisioning policy permits clients nothing";
        if (KeyId == KeyId.Provisioning && (Algorithms.Length > 0 || Paths.Length > 0)) return "the provisioning policy signs nothing: no algorithms, no paths";
        return null;
    }
}
