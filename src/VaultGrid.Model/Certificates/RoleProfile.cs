using System.Formats.Asn1;
using System.Net;

namespace VaultGrid.Model.Certificates;

/// <summary>
/// The exact extension values that a role's certificate must carry. Written here once, from the role alone: the CA puts these bytes into what
/// it issues and a reader compares bytes, so there is nothing to interpret and one encoding of each.
/// </summary>
public static class RoleProfile
{
    private const string AnyPolicy = "2.5.29.32.0";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The role's policy OID; <paramref name="cluster"/> is given for roles of a cluster and for no other.</summary>
    public static string PolicyOid(CertificateRole role, ClusterId? cluster)
    {
        if (role.IsOfCluster() != cluster.HasValue) throw new ArgumentException("A cluster belongs to the roles of a cluster alone.", nameof(cluster));
        return FormattableString.Invariant($"{VaultGridOid.Roles}.{(int)role}") + (cluster is { } id ? $".{id}" : "");
    }

    /// <summary>
    /// certificatePolicies (critical): the role's OID. CAs add anyPolicy, so that an ordinary verifier can be asked for a role too
    /// (<c>openssl verify -explicit_policy -policy OID</c>, RFC 5280 §6.1.3): what a CA issues is bounded by <see cref="ChainVerifier"/>.
    /// </summary>
    public static byte[] Policies(CertificateRole role, ClusterId? cluster) => Encode(writer =>
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence()) writer.WriteObjectIdentifier(PolicyOid(role, cluster));
            if (!role.IsAuthority()) return;
            using (writer.PushSequence()) writer.WriteObjectIdentifier(AnyPolicy);
        }
    });

    /// <summary>basicConstraints (critical): a CA with its path length, or no CA.</summary>
    public static byte[] BasicConstraints(CertificateRole role) => Encode(writer =>
    {
        using (writer.PushSequence())
        {
            if (role.PathLength() is not { } depth) return;
            writer.WriteBoolean(true);
            writer.WriteInteger(depth);
        }
    });

    /// <summary>keyUsage (critical): keyCertSign and cRLSign for CAs, digitalSignature for leafs.</summary>
    public static byte[] KeyUsage(CertificateRole role) => role.IsAuthority() ? [0x03, 0x02, 0x01, 0x06] : [0x03, 0x02, 0x07, 0x80];

    /// <summary>extKeyUsage: relays serve and call, clients call; null for roles that have nothing to do with TLS.</summary>
    public static byte[]? ExtendedKeyUsage(CertificateRole role) => role switch
    {
        CertificateRole.Relay => Purposes(ServerAuthentication, ClientAuthentication),
        CertificateRole.Client => Purposes(ClientAuthentication),
        _ => null,
    };

    /// <summary>subjectAltName: the identity's URI, then a relay's DNS names and addresses (at least one for a relay, none for others).</summary>
    public static byte[] SubjectAltName(CertificateIdentity identity, IReadOnlyList<string> dnsNames, IReadOnlyList<IPAddress> addresses)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(dnsNames);
        ArgumentNullException.ThrowIfNull(addresses);
        return SubjectNames.Write(identity, dnsNames, addresses);
    }

    private static byte[] Purposes(params ReadOnlySpan<string> oids)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var oid in oids) writer.WriteObjectIdentifier(oid);
        }

        return writer.Encode();
    }

    private static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
