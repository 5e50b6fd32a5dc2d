using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>What an enclave waits for its witnesses to say.</summary>
/// <param name="Request">The <see cref="WitnessRequest"/> to carry to the other members; null where it waits for nothing.</param>
/// <param name="Call">SHA-256 over number and body of the call whose step was waiting and has taken effect now; default for none.</param>
/// <param name="Answer">The answer to that call; empty where there is none, and the call is to be made again.</param>
public sealed record WitnessNeed(SignedStatement? Request, Hash256 Call, ReadOnlyMemory<byte> Answer)
{
    /// <summary>The hash that names a call.</summary>
    public static Hash256 CallHash(EnclaveCallKind kind, ReadOnlySpan<byte> body) => Hash256.Sha256(new WireWriter().U8((byte)kind).Fixed(body).Written);

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, WitnessNeed need)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(need);
        writer.List<SignedStatement>(need.Request is { } request ? [request] : [], SignedStatement.Write).Hash(need.Call).Bytes(need.Answer.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static WitnessNeed Read(ref WireReader reader) =>
        new(reader.List(1, SignedStatement.Read) is [var request] ? request : null, reader.Hash(), reader.Memory(EnclaveLimits.Frame));
}
