using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Asks for an audit signature: proof that a node holds a key that works. No approval; rate-limited; at the root path only.</summary>
/// <param name="Key">The hash of the key's birth record.</param>
/// <param name="Message">At most <see cref="EnclaveLimits.AuditMessage"/> bytes, hashed under a tag of their own.</param>
public sealed record AuditSignCall(Hash256 Key, ReadOnlyMemory<byte> Message) : EnclaveCall<EcdsaAnswer>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.AuditSign;

    /// <summary>The digest that an audit signature signs: SHA-256 over <c>"VaultGrid/v1/audit" ‖ 0x00 ‖ message</c>.</summary>
    public static Hash256 DigestOf(ReadOnlySpan<byte> message) => Hash256.Of("audit", message);

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Hash(Key).Bytes(Message.Span);
    }

    /// <inheritdoc/>
    public override EcdsaAnswer ReadAnswer(ref WireReader reader) => EcdsaAnswer.Read(ref reader);

    /// <summary>Reads the call's body; its length is judged by the enclave, which refuses with <c>audit.too-long</c>.</summary>
    public static AuditSignCall Read(ref WireReader reader) => new(reader.Hash(), reader.Memory(EnclaveLimits.Text));
}
