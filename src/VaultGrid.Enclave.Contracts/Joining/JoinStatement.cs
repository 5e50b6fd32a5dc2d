using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Joiner → holder: "seal this key to this session key of mine" (protocols §2, duplication).</summary>
/// <param name="Joiner">Who asks.</param>
/// <param name="Nonce">nonce_J, 32 random bytes; the joiner takes one answer for it.</param>
/// <param name="KeyId">The key that is asked for.</param>
/// <param name="Session">The joiner's session key statement.</param>
/// <param name="Attestation">An <see cref="Model.Attestation"/> with nonce_J, where the membership record demands one; else empty, and nothing is written.</param>
public sealed record JoinStatement(NodeId Joiner, Hash256 Nonce, KeyId KeyId, SessionKeyStatement Session, ReadOnlyMemory<byte> Attestation = default)
{
    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/join\0"u8;

    /// <summary>The bytes that the joiner's D key signs.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().Fixed(Tag).Node(Joiner).Hash(Nonce).Text(KeyId.ToString());
        SessionKeyStatement.Write(writer, Session);
        if (!Attestation.IsEmpty) writer.Bytes(Attestation.Span);
        return writer.ToArray();
    }

    /// <summary>Reads the statement.</summary>
    public static Outcome<JoinStatement> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var statement = new JoinStatement(reader.NodeId(), reader.Hash(), reader.KeyId(), SessionKeyStatement.Read(ref reader));
        if (!reader.AtEnd && !reader.Failed) statement = statement with { Attestation = reader.Memory(EnclaveLimits.Statement) };
        return reader.End("a join statement", out var refusal) ? statement : refusal;
    }
}
