using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// Asks for a partial evaluation of a DiSE key, for encryption or decryption, by a signed call of the client that gets it. The evaluation is sealed to the call's answer
/// key: nobody else sees it.
/// </summary>
/// <remarks>
/// Refuses: whatever <see cref="CallCheck"/> refuses (<c>call.*</c>, <c>certificate.*</c>, <c>request.cluster</c>), a caller whom the policy does not permit it (<c>call.denied</c>), for
/// encryption another identity in the input than the caller's (<c>call.denied</c>), <c>key.unknown</c>, a share that isn't here (<c>state.conflict</c>). A call is answered once.
/// </remarks>
/// <param name="Call">The call: action <c>key-encrypt</c> or <c>key-decrypt</c>, its target the key.</param>
/// <param name="Input">The call's parameters: the input of DiSE, identity and commitment (<c>DiseInput</c> of VaultGrid.Protocols).</param>
public sealed record EvaluateCall(SignedCall Call, ReadOnlyMemory<byte> Input) : EnclaveCall<EvaluateAnswer>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Evaluate;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SignedCall.Write(writer, Call);
        writer.Bytes(Input.Span);
    }

    /// <inheritdoc/>
    public override EvaluateAnswer ReadAnswer(ref WireReader reader) => EvaluateAnswer.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static EvaluateCall Read(ref WireReader reader) => new(SignedCall.Read(ref reader), reader.Memory(EnclaveLimits.Text));
}

/// <summary>A partial evaluation, for the caller alone.</summary>
/// <param name="Version">The hash of the version that it is of; evaluations of different versions do not fit together.</param>
/// <param name="Share">The number of the share.</param>
/// <param name="Sealed">The evaluation with its proof (<c>DiseEvaluation</c> of VaultGrid.Protocols), sealed to the answer key with <see cref="Header"/> as header and additional data.</param>
public sealed record EvaluateAnswer(Hash256 Version, byte Share, ReadOnlyMemory<byte> Sealed)
{
    /// <summary>What the box is bound to.</summary>
    /// <param name="call">The bytes of the call's body.</param>
    /// <param name="version">The hash of the version.</param>
    /// <param name="share">The number of the share.</param>
    public static byte[] Header(ReadOnlySpan<byte> call, Hash256 version, byte share) =>
        new WireWriter().Fixed("VaultGrid/v1/evaluation\0"u8).Hash(Hash256.Sha256(call)).Hash(version).U8(share).ToArray();

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, EvaluateAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(answer);
        writer.Hash(answer.Version).U8(answer.Share).Bytes(answer.Sealed.Span);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static EvaluateAnswer Read(ref WireReader reader) => new(reader.Hash(), reader.U8(), reader.Memory(EnclaveLimits.Statement));
}
