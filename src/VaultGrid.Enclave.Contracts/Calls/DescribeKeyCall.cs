using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Asks for everything public about a key that the enclave holds.</summary>
/// <param name="Key">The hash of the key's birth record.</param>
public sealed record DescribeKeyCall(Hash256 Key) : EnclaveCall<KeyEvidence>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.DescribeKey;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Hash(Key);
    }

    /// <inheritdoc/>
    public override KeyEvidence ReadAnswer(ref WireReader reader) => KeyEvidence.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static DescribeKeyCall Read(ref WireReader reader) => new(reader.Hash());
}
