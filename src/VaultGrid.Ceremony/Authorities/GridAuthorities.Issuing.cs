using System.Security.Cryptography;
using VaultGrid.Crypto;
using VaultGrid.Model;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Ceremony.Authorities;

/// <content>Certificates for admins, operators, relays, clients and devices.</content>
public sealed partial class GridAuthorities
{
    /// <summary>
    /// Certifies an admin's, operator's, relay's or client's public key. <c>certificate.role</c>: the identity is a CA's or a device's, or server
    /// names are given to another than a relay, or claims to another than a client; <c>certificate.key</c>: the key has a certificate under another identity.
    /// </summary>
    /// <param name="identity">Whom the certificate speaks for.</param>
    /// <param name="key">The holder's public key: the CA never sees the private one.</param>
    /// <param name="names">A relay's DNS names and addresses, else <see cref="ServerNames.None"/>.</param>
    /// <param name="passphrase">Of the issuing CA's key file.</param>
    /// <param name="claims">The Domains that a client may use; null for none.</param>
    public Outcome<IssuedCertificate> Issue(
        CertificateIdentity identity, CertificateKey key, ServerNames names, SecretBytes passphrase, ClientClaims? claims = null)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(passphrase);
        if (identity.Role.IsAuthority() || identity.Role == CertificateRole.Device)
            return new Refusal(RefusalCode.CertificateRole, $"{identity} is certified in its own way: CAs when they are made, devices from their request");
        if (claims is not null && identity.Role != CertificateRole.Client)
            return new Refusal(RefusalCode.CertificateRole, $"claims to Domains are for clients, not for {identity}");

        return IssueLeaf(identity, key, names, passphrase, claims);
    }

    /// <summary>
    /// Certifies a node's D key. The ceremony's operator says which node and which provisioning pins are meant, from the approved document and
    /// not from the request: otherwise a hostile silo could have an enclave certified that obeys other admins. <c>node.foreign</c>: the
    /// request is another node's; <c>state.conflict</c>: its enclave holds other pins.
    /// </summary>
    /// <param name="request">The enclave's request.</param>
    /// <param name="node">The node that is meant to be certified.</param>
    /// <param name="pinsHash">SHA-256 of the pins that it must have been provisioned with, 32 bytes.</param>
    /// <param name="passphrase">Of the Cluster CA's key file.</param>
    public Outcome<IssuedCertificate> CertifyDevice(DeviceRequest request, NodeId node, ReadOnlySpan<byte> pinsHash, SecretBytes passphrase)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(passphrase);
        if (request.Node != node) return new Refusal(RefusalCode.NodeForeign, $"the request is of node {request.Node}, not {node}");
        if (!CryptographicOperations.FixedTimeEquals(request.PinsHash.Span, pinsHash))
            return new Refusal(RefusalCode.StateConflict, $"the enclave of node {node} was provisioned with other pins than these: don't certify it");

        return IssueLeaf(CertificateIdentity.Device(node), request.Key, ServerNames.None, passphrase);
    }

    private Outcome<IssuedCertificate> IssueLeaf(
        CertificateIdentity identity, CertificateKey key, ServerNames names, SecretBytes passphrase, ClientClaims? claims = null)
    {
        if (names.Dns.Length + names.Addresses.Length > 0 != (identity.Role == CertificateRole.Relay))
            return new Refusal(RefusalCode.CertificateRole, "a relay's certificate has at least one server name, no other has any");

        var holders = _folders.Values.SelectMany(folder => folder.Ledger.Issued).Where(entry => entry.KeyFingerprint == key.Fingerprint);
        if (holders.FirstOrDefault(entry => entry.Identity != identity) is { } holder)
            return new Refusal(RefusalCode.CertificateKey, $"this key was certified for {holder.Identity}: make {identity} a key of its own");

        return Certify(identity, key, names, _options.LeafValidity, passphrase, claims)
            .Then<IssuedCertificate>(certificate => new IssuedCertificate(certificate, FullChainPem(certificate)));
    }

    private Outcome<RoleCertificate> Certify(
        CertificateIdentity identity,
        CertificateKey key,
        ServerNames names,
        TimeSpan validity,
        SecretBytes passphrase,
        ClientClaims? claims = null)
    {
        if (IssuerOf(identity) is not { } folder)
            return new Refusal(RefusalCode.ClusterUnknown, $"there is no CA here that issues {identity}");
        var issuer = folder.Certificate;
        if (!Trusted().Is(out var trusted, out var refusal)) return refusal;
        if (ChainVerifier.Verify(issuer, issuer.Role, trusted, Now, OverdueLists.Tolerated).Refusal is { } unfit) return unfit;
        if (!folder.OpenKey(passphrase).Is(out var signer, out refusal)) return refusal;

        using (signer)
        {
            var notAfter = Now + validity < issuer.NotAfter ? Now + validity : issuer.NotAfter;
            var serial = CertificateIssuer.DrawSerial();
            folder.Record(new LedgerEntry.Issued(serial, notAfter, key.Fingerprint, identity));

            var subject = CertificateIssuer.NameOf(identity, _options.Organization);
            var der = new CertificateIssuer(folder.Name, signer).Issue(identity, key, subject, names, serial, Now, notAfter, claims);

            // What leaves is read back as everyone else will read it.
            if (!RoleCertificate.Parse(der).Is(out var certificate, out refusal)) return refusal;
            if (!certificate.IsIssuedBy(issuer)) return new Refusal(RefusalCode.CertificateUntrusted, $"the new certificate of {identity} doesn't chain to {issuer}");
            folder.Keep(certificate);
            return certificate;
        }
    }
}
