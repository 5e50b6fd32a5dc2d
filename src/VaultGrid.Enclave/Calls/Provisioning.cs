namespace VaultGrid.Enclave;

/// <summary>Identity and pins, the own certificate, and the CAs' news: how a fresh enclave becomes one of its cluster.</summary>
internal sealed class Provisioning(EnclaveClock clock, CertificateGate certificates, IVaultAdapter adapter)
{
    /// <summary>Takes identity and pins, once, and makes the D key. The same call again is answered again, should the first answer have been lost.</summary>
    public Outcome<Step<ProvisionAnswer>> Provision(ProvisionCall call, VaultState state)
    {
        var writer = new WireWriter();
        call.Write(writer);
        var name = Hash256.Sha256(writer.Written);
        if (state.Identity is { } known)
        {
            return known.Provisioning == name
                ? new Step<ProvisionAnswer>(state, new ProvisionAnswer(known.Request, state.Admins!.CurrentHash))
                : PhaseTable.Refused(state.Phase, "another provisioning");
        }

        // Before anything is made: who was promised hardware gets hardware or nothing.
        if (call.Adapter is { } wanted && wanted != adapter.Kind)
            return new Refusal(RefusalCode.NodeAdapter, $"this enclave rests on the adapter '{adapter.Kind}', not on '{wanted}'");
        if (!TrustedAuthorities.Pin(call.Root.Span).Is(out var authorities, out var refusal)) return refusal;
        if (!PinnedPolicies.Read(call.Admins).Is(out var admins, out refusal)) return refusal;
        clock.Raise(authorities.HighestSignedTime);
        if (!authorities.Root.IsValidAt(clock.Now))
            return new Refusal(RefusalCode.CertificateExpired, $"{authorities.Root} is valid to {authorities.Root.NotAfter:u}, not at {clock.Now:u}");

        var handle = adapter.CreateDeviceKey(call.DeviceKey);
        if (!adapter.OpenDeviceKey(call.DeviceKey, handle).Is(out var key, out refusal)) return refusal;
        var statement = DeviceRequest.Statement(call.Node, key.PublicKey, admins.CurrentHash.AsSpan());
        var request = DeviceRequest.Assemble(statement, key.PublicKey, key.Sign(statement));
        var next = state with
        {
            StoredPhase = EnclavePhase.Provisioned,
            Identity = new DeviceIdentity(call.Node, call.DeviceKey, key.PublicKey, request, name, key, handle),
            Authorities = authorities,
            Pins = [.. call.Admins],
            Admins = admins,
        };
        return new Step<ProvisionAnswer>(next, new ProvisionAnswer(request, admins.CurrentHash));
    }

    /// <summary>Installs the own certificate, or a renewal of it.</summary>
    public Outcome<Step<Done>> Certify(CertifyCall call, VaultState state)
    {
        if (!RoleCertificate.Parse(call.Certificate.Span).Is(out var certificate, out var refusal)) return refusal;
        if (!Add(call.Authorities, state).Is(out var authorities, out refusal)) return refusal;
        if (!certificates.Now(certificate, CertificateRole.Device, authorities).Is(out _, out refusal)) return refusal;
        if (!certificate.Key.Equals(state.Identity!.PublicKey)) return new Refusal(RefusalCode.CertificateKey, $"the key of {certificate} is not this enclave's");
        if (certificate.Identity.Node != state.Node) return new Refusal(RefusalCode.NodeForeign, $"{certificate} is not for this enclave's node {state.Node}");
        if (state.Certificate is { } installed && certificate.NotBefore < installed.NotBefore)
            return new Refusal(RefusalCode.StateStale, $"{certificate} is older than the certificate that is installed");

        if (certificate.Equals(state.Certificate) && ReferenceEquals(authorities, state.Authorities)) return new Step<Done>(state, default);
        var phase = state.StoredPhase == EnclavePhase.Provisioned ? EnclavePhase.Certified : state.StoredPhase;
        return new Step<Done>(state with { Certificate = certificate, Authorities = authorities, StoredPhase = phase }, default);
    }

    /// <summary>Takes CA certificates and newer lists.</summary>
    public Outcome<Step<Done>> AddAuthorities(AddAuthoritiesCall call, VaultState state)
    {
        if (!Add(call.Authorities, state).Is(out var authorities, out var refusal)) return refusal;
        return new Step<Done>(ReferenceEquals(authorities, state.Authorities) ? state : state with { Authorities = authorities }, default);
    }

    private Outcome<TrustedAuthorities> Add(ReadOnlyMemory<byte> der, VaultState state)
    {
        var known = state.Authorities!;
        if (der.IsEmpty) return known;
        if (!AuthorityBundle.Parse(der.Span).Then(bundle => known.TryAdd(bundle, clock.Now)).Is(out var authorities, out var refusal)) return refusal;
        clock.Raise(authorities.HighestSignedTime);
        return authorities;
    }
}
