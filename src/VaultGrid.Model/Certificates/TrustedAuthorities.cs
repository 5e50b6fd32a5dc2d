using System.Collections.Immutable;

namespace VaultGrid.Model.Certificates;

/// <summary>
/// What is believed about the CAs: the pinned root, the CAs known under it and the newest revocation list of each. An immutable snapshot, so
/// an answer computed from it stays true for it; <see cref="TryAdd"/> gives the next one, which never knows less.
/// </summary>
public sealed class TrustedAuthorities
{
    // All by ThumbprintHex, but the first: by subject key identifier, which is unique in a set.
    private readonly ImmutableDictionary<string, RoleCertificate> _byKeyId;
    private readonly ImmutableDictionary<string, RevocationList> _lists;
    private readonly ImmutableHashSet<CertificateKey> _keys;

    internal TrustedAuthorities(
        RoleCertificate root,
        ImmutableDictionary<string, RoleCertificate> byKeyId,
        ImmutableDictionary<string, RevocationList> lists)
    {
        (Root, _byKeyId, _lists) = (root, byKeyId, lists);
        _keys = byKeyId.Values.Select(authority => authority.Key).ToImmutableHashSet();

        // One order, so that one set has one encoding.
        Authorities =
        [
            .. byKeyId.Values.OrderBy(authority => authority.Role).ThenBy(authority => authority.Cluster?.Number ?? 0)
                .ThenBy(authority => authority.NotBefore).ThenBy(authority => authority.ThumbprintHex, StringComparer.Ordinal),
        ];
        HighestSignedTime = Authorities.Select(authority => authority.NotBefore).Concat(lists.Values.Select(list => list.ThisUpdate)).Max();
    }

    /// <summary>The pinned root.</summary>
    public RoleCertificate Root { get; }

    /// <summary>Every CA known, the root first, then by role, cluster and age.</summary>
    public ImmutableArray<RoleCertificate> Authorities { get; }

    /// <summary>The latest time that a CA signed: the starts of CA certificates and lists. Enclave time never falls below it.</summary>
    public DateTimeOffset HighestSignedTime { get; }

    internal ImmutableDictionary<string, RoleCertificate> ByKeyId => _byKeyId;

    internal ImmutableDictionary<string, RevocationList> Lists => _lists;

    /// <summary>The set that knows a root and nothing else: nothing verifies until lists are added.</summary>
    public static Outcome<TrustedAuthorities> Pin(ReadOnlySpan<byte> rootDer)
    {
        if (!RoleCertificate.Parse(rootDer).Is(out var root, out var refusal)) return refusal;
        if (root.Role != CertificateRole.Root) return new Refusal(RefusalCode.CertificateRole, $"{root} is no root");
        if (IssuingRules.Check(root, root) is { } broken) return broken;

        return new TrustedAuthorities(
            root,
            ImmutableDictionary.Create<string, RoleCertificate>(StringComparer.Ordinal).Add(KeyId(root.Fields.SubjectKeyId), root),
            ImmutableDictionary.Create<string, RevocationList>(StringComparer.Ordinal));
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote, and verifies every signature in it again.</summary>
    public static Outcome<TrustedAuthorities> Restore(ReadOnlySpan<byte> stored)
    {
        if (!AuthorityBundle.Parse(stored).Is(out var bundle, out var refusal)) return refusal;
        if (bundle.Certificates.IsEmpty) return new Refusal(RefusalCode.InputMalformed, "a stored set of authorities starts with its root");

        return Pin(bundle.Certificates[0].Span).Then(pinned => AuthorityMerge.Merge(pinned, bundle, time: null));
    }

    /// <summary>
    /// Takes CA certificates and lists, in any order, all or nothing. What is known already is skipped; a set that brings nothing new is
    /// returned as it is. Refused: <c>certificate.untrusted</c> (not under the pinned root), <c>certificate.role</c> (no CA, or issued by the
    /// wrong one), <c>certificate.key</c> (a CA's key under a second certificate), <c>state.conflict</c> (a second CA in force for the same
    /// role and cluster), <c>revocations.malformed</c> (not signed by a CA of the set), <c>revocations.stale</c> (forgets a revocation,
    /// reuses a number, or a bundle of older lists that brings nothing new).
    /// </summary>
    /// <param name="bundle">The certificates and lists.</param>
    /// <param name="time">Now: a CA may be succeeded when it has expired or is revoked.</param>
    public Outcome<TrustedAuthorities> TryAdd(AuthorityBundle bundle, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return AuthorityMerge.Merge(this, bundle, time);
    }

    /// <summary>The CA that a certificate names as its issuer, or null where it isn't known. Proves nothing: see <see cref="ChainVerifier"/>.</summary>
    public RoleCertificate? IssuerOf(RoleCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return _byKeyId.TryGetValue(certificate.Fields.IssuerName, out var issuer) && certificate.NamesAsIssuer(issuer) ? issuer : null;
    }

    /// <summary>The newest list of a CA, or null.</summary>
    public RevocationList? ListOf(RoleCertificate authority)
    {
        ArgumentNullException.ThrowIfNull(authority);
        return _lists.GetValueOrDefault(authority.ThumbprintHex);
    }

    /// <summary>The CA in force at a time for a role (and cluster): valid then and not revoked by then. At most one, else null.</summary>
    public RoleCertificate? InForce(CertificateRole role, ClusterId? cluster, DateTimeOffset time) =>
        Authorities.LastOrDefault(authority => authority.Role == role && authority.Cluster == cluster && authority.IsValidAt(time)
            && !(RevokedSince(authority) <= time));

    /// <summary>The number of the newest list of the CA in force for a role: the Admin CA's is what requests name. Null without CA or list.</summary>
    public ulong? ListNumber(CertificateRole role, ClusterId? cluster, DateTimeOffset time) =>
        InForce(role, cluster, time) is { } authority ? ListOf(authority)?.Number : null;

    /// <summary>Everything known, as it travels.</summary>
    public AuthorityBundle ToBundle() => new(
        [.. Authorities.Select(authority => authority.Der)],
        [.. Authorities.Select(ListOf).OfType<RevocationList>().Select(list => list.Der)]);

    /// <summary>Everything known, for a sealed store: equal sets give equal bytes.</summary>
    public byte[] ToBytes() => ToBundle().ToBytes();

    internal static string KeyId(ReadOnlyMemory<byte> id) => Convert.ToHexStringLower(id.Span);

    internal bool IsAuthorityKey(CertificateKey key) => _keys.Contains(key);

    /// <summary>Since when a certificate is revoked by its issuer's newest list; null where it isn't (or nobody says).</summary>
    internal DateTimeOffset? RevokedSince(RoleCertificate certificate) =>
        IssuerOf(certificate) is { } issuer && ListOf(issuer) is { } list && list.Revoked.TryGetValue(certificate.Serial, out var since) ? since : null;
}
