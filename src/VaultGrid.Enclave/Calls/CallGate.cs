namespace VaultGrid.Enclave;

/// <summary>Admits clients' calls, each once: the checks of <see cref="CallCheck.Admit"/> by what this enclave knows. Any thread.</summary>
internal sealed class CallGate(EnclaveClock clock, CertificateGate certificates)
{
    /// <summary>The most calls remembered: some 1,700 a second for as long as a call may live.</summary>
    public const int Capacity = 500_000;

    private readonly ReplayWindow _window = new(clock.Now, Capacity);

    /// <summary>Admits a call; it is used up then, whatever becomes of it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="parameters">What came beside it.</param>
    /// <param name="state">What the enclave knows.</param>
    /// <param name="permit">Whether this caller may do this.</param>
    public Outcome<AdmittedCall> Admit(SignedCall call, ReadOnlySpan<byte> parameters, VaultState state, Func<CallBody, RoleCertificate, Outcome<Done>> permit) =>
        CallCheck.Admit(call, parameters, state.Node.Cluster, clock.Now, state.Authorities!, certificates.Cache, permit, _window);

    /// <summary>Admits a call that does the same however often it is answered.</summary>
    /// <param name="call">The call.</param>
    /// <param name="parameters">What came beside it.</param>
    /// <param name="state">What the enclave knows.</param>
    /// <param name="permit">Whether this caller may do this.</param>
    public Outcome<Done> Authorise(SignedCall call, ReadOnlySpan<byte> parameters, VaultState state, Func<CallBody, RoleCertificate, Outcome<Done>> permit) =>
        CallCheck.Authorise(call, parameters, state.Node.Cluster, clock.Now, state.Authorities!, certificates.Cache, permit);
}
