using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>A session key and its period, signed by the D key: what is secret between enclaves is sealed to it, never to D (protocols §2).</summary>
/// <param name="Node">Whose it is.</param>
/// <param name="PublicKey">P-256 public key, uncompressed point, 65 bytes.</param>
/// <param name="From">When it starts to count.</param>
/// <param name="To">When no new message is sealed to it any more.</param>
/// <param name="Signature">The D key's signature over <see cref="ToBytes"/>.</param>
public sealed record SessionKeyStatement(
    NodeId Node, ReadOnlyMemory<byte> PublicKey, DateTimeOffset From, DateTimeOffset To, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The size of the public key, in bytes.</summary>
    public const int PublicKeySize = 65;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/session-key\0"u8;

    /// <summary>The bytes that the D key signs.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag).Node(Node).Fixed(PublicKey.Span).Time(From).Time(To).ToArray();

    /// <summary>The hash that names it in session headers.</summary>
    public Hash256 Hash() => Hash256.Of("session-key-statement", ToBytes());

    /// <summary>Reads what the D key signed (<see cref="ToBytes"/>).</summary>
    /// <param name="statement">The bytes.</param>
    /// <param name="signature">The signature over them.</param>
    public static Outcome<SessionKeyStatement> Parse(ReadOnlySpan<byte> statement, ReadOnlyMemory<byte> signature)
    {
        var reader = new WireReader(statement);
        reader.Tag(Tag);
        var read = new SessionKeyStatement(reader.NodeId(), reader.Fixed(PublicKeySize).ToArray(), reader.Time(), reader.Time(), signature);
        return reader.End("a session key's statement", out var refusal) ? read : refusal;
    }

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, SessionKeyStatement statement)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(statement);
        writer.Node(statement.Node).Fixed(statement.PublicKey.Span).Time(statement.From).Time(statement.To).Bytes(statement.Signature.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SessionKeyStatement Read(ref WireReader reader) => new(
        reader.NodeId(), reader.Fixed(PublicKeySize).ToArray(), reader.Time(), reader.Time(), reader.Memory(EnclaveLimits.Statement));
}
