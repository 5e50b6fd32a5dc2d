using System.Formats.Asn1;
using System.Globalization;

namespace VaultGrid.Model.Certificates;

/// <summary>The role, and for roles of a cluster the cluster, that a certificatePolicies extension names.</summary>
internal readonly record struct RolePolicy(CertificateRole Role, ClusterId? Cluster)
{
    /// <exception cref="AsnContentException">Not DER, or not exactly the policies that <see cref="RoleProfile.Policies"/> writes for one role.</exception>
    public static RolePolicy Read(ReadOnlyMemory<byte> extension)
    {
        var outer = Der.Read(extension);
        var policies = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var policy = Parse(policies.ReadSequence().ReadObjectIdentifier());

        // Whatever else stands in there, qualifiers or a second policy, makes other bytes.
        return extension.Span.SequenceEqual(RoleProfile.Policies(policy.Role, policy.Cluster))
            ? policy
            : throw new AsnContentException("The policies aren't those of one role.");
    }

    private static RolePolicy Parse(string oid)
    {
        const string Prefix = VaultGridOid.Roles + ".";
        var arcs = oid.StartsWith(Prefix, StringComparison.Ordinal) ? oid[Prefix.Length..].Split('.') : [];
        if (arcs.Length is not (1 or 2) || Number(arcs[0]) is not { } number || !Enum.IsDefined((CertificateRole)number)) throw Unknown();

        var role = (CertificateRole)number;
        if (role.IsOfCluster() != (arcs.Length == 2)) throw Unknown();
        return new(role, arcs.Length == 2 ? new ClusterId(Number(arcs[1]) ?? throw Unknown()) : null);
    }

    private static uint? Number(string arc) =>
        uint.TryParse(arc, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 ? number : null;

    private static AsnContentException Unknown() => new("The policy isn't one of VaultGrid's roles.");
}
