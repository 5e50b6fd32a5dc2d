namespace VaultGrid.Enclave;

/// <summary>Certificates of others, parsed once, judged every time: role, chain, validity, revocation (protocols §1).</summary>
internal sealed class CertificateGate(EnclaveClock clock)
{
    /// <summary>Parsed certificates.</summary>
    public CertificateCache Cache { get; } = new();

    /// <summary>A certificate that counts now.</summary>
    public Outcome<RoleCertificate> Now(RoleCertificate certificate, CertificateRole role, TrustedAuthorities authorities, OverdueLists overdue = OverdueLists.Refused)
    {
        var outcome = ChainVerifier.Verify(certificate, role, authorities, clock.Now, overdue);
        if (outcome.Refusal is { Code: RefusalCode.CertificateExpired } && certificate.NotBefore > clock.Now)
        {
            // Its CA signed it, or another refusal had come first: so it is later than the host's clock says.
            clock.Raise(certificate.NotBefore);
            outcome = ChainVerifier.Verify(certificate, role, authorities, clock.Now, overdue);
        }

        if (outcome.Refusal is null) clock.Raise(certificate.NotBefore);
        return outcome;
    }

    /// <summary>A device of the given cluster whose certificate counts now.</summary>
    public Outcome<RoleCertificate> DeviceNow(ReadOnlySpan<byte> der, VaultState state) =>
        Cache.Parse(der).Then(certificate => Now(certificate, CertificateRole.Device, state.Authorities!)).Then(certificate => OfCluster(certificate, state));

    /// <summary>A device of any cluster whose certificate counts now.</summary>
    public Outcome<RoleCertificate> AnyDeviceNow(ReadOnlySpan<byte> der, VaultState state) =>
        Cache.Parse(der).Then(certificate => Now(certificate, CertificateRole.Device, state.Authorities!));

    /// <summary>A device of the own cluster whose certificate counted at a record's time.</summary>
    public Outcome<RoleCertificate> DeviceAsOf(ReadOnlySpan<byte> der, VaultState state, DateTimeOffset time) =>
        Cache.Parse(der).Then(certificate => ChainVerifier.VerifyAsOf(certificate, CertificateRole.Device, state.Authorities!, time)).Then(certificate => OfCluster(certificate, state));

    /// <summary>A device of any cluster whose certificate counted at a record's time.</summary>
    public Outcome<RoleCertificate> AnyDeviceAsOf(ReadOnlySpan<byte> der, VaultState state, DateTimeOffset time) =>
        Cache.Parse(der).Then(certificate => ChainVerifier.VerifyAsOf(certificate, CertificateRole.Device, state.Authorities!, time));

    private static Outcome<RoleCertificate> OfCluster(RoleCertificate certificate, VaultState state) => certificate.Cluster == state.Node.Cluster
        ? certificate
        : new Refusal(RefusalCode.NodeForeign, $"{certificate} belongs to another cluster than this enclave's, which is {state.Node.Cluster}");
}
