using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Asks a node to ask for a key: the first message of duplication (protocols: joiner → holder).</summary>
/// <param name="KeyId">The key that it shall get.</param>
public sealed record JoinCall(KeyId KeyId) : EnclaveCall<SignedStatement>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Join;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Text(KeyId.ToString());
    }

    /// <inheritdoc/>
    public override SignedStatement ReadAnswer(ref WireReader reader) => SignedStatement.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static JoinCall Read(ref WireReader reader) => new(reader.KeyId());
}

/// <summary>Asks a holder to seal a key to the joiner that signed for it: the second message of duplication (holder → joiner).</summary>
/// <param name="Joiner">What the joiner said, signed.</param>
public sealed record ReleaseCall(SignedStatement Joiner) : EnclaveCall<SignedStatement>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Release;

    /// <inheritdoc/>
    public override void Write(WireWriter writer) => SignedStatement.Write(writer, Joiner);

    /// <inheritdoc/>
    public override SignedStatement ReadAnswer(ref WireReader reader) => SignedStatement.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static ReleaseCall Read(ref WireReader reader) => new(SignedStatement.Read(ref reader));
}

/// <summary>Hands the holder's answer to the joiner, which checks all of it, seals the key and stores it.</summary>
/// <param name="Holder">What the holder said, signed.</param>
public sealed record AcceptCall(SignedStatement Holder) : EnclaveCall<HeldKey>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Accept;

    /// <inheritdoc/>
    public override void Write(WireWriter writer) => SignedStatement.Write(writer, Holder);

    /// <inheritdoc/>
    public override HeldKey ReadAnswer(ref WireReader reader) => HeldKey.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static AcceptCall Read(ref WireReader reader) => new(SignedStatement.Read(ref reader));
}
