namespace VaultGrid.Model.Certificates;

/// <summary>
/// Who a certificate speaks for: its role and, as the URI in subjectAltName, its name. One text for one identity:
/// <c>vaultgrid://admin/3</c>, <c>vaultgrid://operator/5</c>, <c>vaultgrid://client/{name}</c>, <c>vaultgrid://relay/{name}</c>,
/// <c>vaultgrid://cluster/1/node/2</c>; for CAs <c>vaultgrid://ca/{root|admin|operator|relay|device}</c> and <c>vaultgrid://ca/cluster/1</c>.
/// </summary>
public sealed record CertificateIdentity
{
    /// <summary>What every identity starts with.</summary>
    public const string Scheme = "vaultgrid://";

    private const int LongestName = 64;

    private CertificateIdentity(CertificateRole role, string path, ClusterId? cluster = null, NodeId? node = null) =>
        (Role, Uri, Cluster, Node) = (role, Scheme + path, cluster, node);

    /// <summary>The role that the URI implies; a certificate's policy must say the same.</summary>
    public CertificateRole Role { get; }

    /// <summary>The whole URI.</summary>
    public string Uri { get; }

    /// <summary>The cluster of a Cluster CA or device, else null.</summary>
    public ClusterId? Cluster { get; }

    /// <summary>The node of a device, else null.</summary>
    public NodeId? Node { get; }

    /// <summary>The last part of the URI: the admin's or operator's number, the client's or relay's name, the node's index, the CA's kind.</summary>
    public string Name => Uri[(Uri.LastIndexOf('/') + 1)..];

    /// <summary>Admin number <paramref name="number"/>, from 1.</summary>
    public static CertificateIdentity Admin(uint number) => Numbered(CertificateRole.Admin, number);

    /// <summary>Operator number <paramref name="number"/>, from 1.</summary>
    public static CertificateIdentity Operator(uint number) => Numbered(CertificateRole.Operator, number);

    /// <summary>A client of the service; the name is 1 to 64 of <c>a-z 0-9 -</c>.</summary>
    public static Outcome<CertificateIdentity> Client(string name) => Named(CertificateRole.Client, name);

    /// <summary>A relay; the name is 1 to 64 of <c>a-z 0-9 -</c>.</summary>
    public static Outcome<CertificateIdentity> Relay(string name) => Named(CertificateRole.Relay, name);

    /// <summary>One vault node.</summary>
    public static CertificateIdentity Device(NodeId node) =>
        new(CertificateRole.Device, FormattableString.Invariant($"cluster/{node.Cluster}/node/{node.Index}"), node.Cluster, node);

    /// <summary>The CA of one cluster.</summary>
    public static CertificateIdentity ClusterAuthority(ClusterId cluster) => new(CertificateRole.ClusterCa, $"ca/cluster/{cluster}", cluster);

    /// <summary>The root or one of the four CAs under it.</summary>
    public static CertificateIdentity Authority(CertificateRole role) => role switch
    {
        CertificateRole.Root => new(role, "ca/root"),
        CertificateRole.AdminCa => new(role, "ca/admin"),
        CertificateRole.OperatorCa => new(role, "ca/operator"),
        CertificateRole.RelayCa => new(role, "ca/relay"),
        CertificateRole.DeviceCa => new(role, "ca/device"),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a CA that stands alone."),
    };

    /// <summary>Reads a URI; anything but the exact text that this type writes is refused.</summary>
    public static Outcome<CertificateIdentity> Parse(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var identity = uri.StartsWith(Scheme, StringComparison.Ordinal) ? FromPath(uri[Scheme.Length..].Split('/')) : null;
        return identity is not null && identity.Uri == uri
            ? identity
            : new Refusal(RefusalCode.CertificateMalformed, "the identity isn't one of VaultGrid's URIs in its one spelling");
    }

    /// <inheritdoc/>
    public override string ToString() => Uri;

    private static CertificateIdentity? FromPath(string[] parts) => parts switch
    {
        ["admin", var number] => Number(number) is { } n ? Admin(n) : null,
        ["operator", var number] => Number(number) is { } n ? Operator(n) : null,
        ["client", var name] => Client(name).Is(out var client, out _) ? client : null,
        ["relay", var name] => Relay(name).Is(out var relay, out _) ? relay : null,
        ["cluster", var cluster, "node", var node] =>
            Number(cluster) is { } c && Number(node) is { } n ? Device(new NodeId(new ClusterId(c), n)) : null,
        ["ca", "cluster", var cluster] => Number(cluster) is { } c ? ClusterAuthority(new ClusterId(c)) : null,
        ["ca", "root"] => Authority(CertificateRole.Root),
        ["ca", "admin"] => Authority(CertificateRole.AdminCa),
        ["ca", "operator"] => Authority(CertificateRole.OperatorCa),
        ["ca", "relay"] => Authority(CertificateRole.RelayCa),
        ["ca", "device"] => Authority(CertificateRole.DeviceCa),
        _ => null,
    };

    // Whatever parses is written again and compared, so leading zeros or signs find no way in here.
    private static uint? Number(string text) =>
        uint.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var n) && n >= 1 ? n : null;

    private static CertificateIdentity Numbered(CertificateRole role, uint number)
    {
        ArgumentOutOfRangeException.ThrowIfZero(number);
        return new(role, FormattableString.Invariant($"{role.Name()}/{number}"));
    }

    private static Outcome<CertificateIdentity> Named(CertificateRole role, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > LongestName || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            return new Refusal(RefusalCode.InputMalformed, "a name is 1 to 64 of a-z, 0-9 and -");

        return new CertificateIdentity(role, $"{role.Name()}/{name}");
    }
}
