using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Asks for the wrap key of a key that will be dealt; made at the first call, the same until the import.</summary>
/// <param name="KeyId">The name that the key will have.</param>
public sealed record WrapKeyCall(KeyId KeyId) : EnclaveCall<SignedStatement>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.WrapKey;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Text(KeyId.ToString());
    }

    /// <summary>The <see cref="WrapKeyStatement"/>, signed.</summary>
    public override SignedStatement ReadAnswer(ref WireReader reader) => SignedStatement.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static WrapKeyCall Read(ref WireReader reader) => new(reader.KeyId());
}
