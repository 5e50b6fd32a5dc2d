using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Has an enclave check its part of a key against what was published of it, as at import and at start (protocols §4): a seed against the fingerprint, a
/// threshold part against every proof, every share and P. <c>key.broken</c> names what does not fit any more. Half a second for a threshold key.
/// </summary>
/// <param name="Key">The hash of the key's birth record.</param>
public sealed record CheckKeyCall(Hash256 Key) : EnclaveCall<Done>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.CheckKey;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Hash(Key);
    }

    /// <inheritdoc/>
    public override Done ReadAnswer(ref WireReader reader) => default;

    /// <summary>Reads the call's body.</summary>
    public static CheckKeyCall Read(ref WireReader reader) => new(reader.Hash());
}
