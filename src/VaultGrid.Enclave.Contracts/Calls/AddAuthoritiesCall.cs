using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Brings CA certificates and newer revocation lists; what the enclave already has is never taken back.</summary>
/// <param name="Authorities">The CAs and their lists: an <see cref="AuthorityBundle"/> in DER, read by the enclave.</param>
public sealed record AddAuthoritiesCall(ReadOnlyMemory<byte> Authorities) : EnclaveCall<Done>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.AddAuthorities;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Authorities.Span);
    }

    /// <inheritdoc/>
    public override Done ReadAnswer(ref WireReader reader) => default;

    /// <summary>Reads the call's body.</summary>
    public static AddAuthoritiesCall Read(ref WireReader reader) => new(reader.Memory(EnclaveLimits.Frame));
}
