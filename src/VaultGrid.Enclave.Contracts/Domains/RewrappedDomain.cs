using VaultGrid.Enclave.Contracts.Framing;
using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>What became of one Domain of a batch.</summary>
public abstract record RewrappedDomain
{
    private RewrappedDomain() { }

    /// <summary>Its next revision without its Trust (<see cref="SealedKeys.ToBytes"/>).</summary>
    public sealed record Next(ReadOnlyMemory<byte> Keys) : RewrappedDomain;

    /// <summary>Why it stays as it is.</summary>
    public sealed record Refused(Refusal Refusal) : RewrappedDomain;

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, RewrappedDomain domain)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (domain)
        {
            case Next next:
                writer.U8(1).Bytes(next.Keys.Span);
                break;
            case Refused refused:
                RefusalCodec.Write(writer.U8(2), refused.Refusal);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(domain));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static RewrappedDomain Read(ref WireReader reader)
    {
        switch (reader.U8())
        {
            case 1: return new Next(reader.Memory(SealedKeys.ByteLimit));
            case 2: return new Refused(RefusalCodec.Read(ref reader));
            default:
                reader.Fail("an unknown kind of result");
                return new Next(default);
        }
    }
}
