using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>A statement of one enclave to another: its bytes, the D key's signature over them, and the device certificate.</summary>
/// <param name="Statement">The statement in canonical encoding; it starts with its own tag.</param>
/// <param name="Certificate">The speaker's device certificate, DER.</param>
/// <param name="Signature">The D key's signature over the statement.</param>
public sealed record SignedStatement(ReadOnlyMemory<byte> Statement, ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, SignedStatement statement)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(statement);
        writer.Bytes(statement.Statement.Span).Bytes(statement.Certificate.Span).Bytes(statement.Signature.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SignedStatement Read(ref WireReader reader) => new(
        reader.Memory(EnclaveLimits.Frame), reader.Memory(EnclaveLimits.Certificate), reader.Memory(EnclaveLimits.Statement));
}
