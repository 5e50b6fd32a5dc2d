using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>What came of a use of a Domain.</summary>
/// <param name="Master">The version of the master key that was used.</param>
/// <param name="Result">As <see cref="DomainParameters"/> says for each use: a wrapped file key, a secret sealed to the answer key, or a signature.</param>
public sealed record DomainAnswer(uint Master, ReadOnlyMemory<byte> Result)
{
    /// <summary>The longest result, in bytes.</summary>
    public const int ResultLimit = 1024;

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, DomainAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(answer);
        writer.U32(answer.Master).Bytes(answer.Result.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static DomainAnswer Read(ref WireReader reader) => new(reader.U32(), reader.Memory(ResultLimit));
}
