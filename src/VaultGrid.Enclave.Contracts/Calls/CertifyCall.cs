using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Installs (or renews) the certificate of the enclave's own D key, with the CA certificates and lists that prove it.</summary>
/// <param name="Certificate">The device certificate, DER.</param>
/// <param name="Authorities">The CAs and their lists: an <see cref="AuthorityBundle"/> in DER, read by the enclave.</param>
public sealed record CertifyCall(ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Authorities) : EnclaveCall<Done>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Certify;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Certificate.Span).Bytes(Authorities.Span);
    }

    /// <inheritdoc/>
    public override Done ReadAnswer(ref WireReader reader) => default;

    /// <summary>Reads the call's body.</summary>
    public static CertifyCall Read(ref WireReader reader) =>
        new(reader.Memory(EnclaveLimits.Certificate), reader.Memory(EnclaveLimits.Frame));
}
