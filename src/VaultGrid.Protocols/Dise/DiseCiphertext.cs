using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Dise;

/// <summary>A threshold-encrypted byte string: the input (j ‖ α) and AES-256-GCM of ρ ‖ m under the key that the holders derive for it. Independent of the key's version.</summary>
public sealed record DiseCiphertext
{
    /// <summary>The longest message; longer ones go into an envelope (<see cref="DiseEnvelope"/>).</summary>
    public const int MaximumMessage = 1 << 20;

    internal const int RandomnessLength = 32;

    private const byte Version = 1;

    internal DiseCiphertext(DiseInput input, byte[] sealedMessage) => (Input, Sealed) = (input, sealedMessage);

    /// <summary>What the holders evaluate to decrypt.</summary>
    public DiseInput Input { get; }

    internal byte[] Sealed { get; }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<DiseCiphertext> Parse(ReadOnlySpan<byte> bytes)
    {
        var malformed = new Refusal(RefusalCode.InputMalformed, "this is not a ciphertext of DiSE");
        var reader = new CanonicalReader(bytes);
        if (reader.Byte() != Version) reader.Fail();
        var input = reader.Bytes(sizeof(uint) + DiseInput.MaximumIdentity + Hash256.Length);
        var sealedMessage = reader.Bytes(MaximumMessage + RandomnessLength + Aes256Gcm.Overhead);
        return reader.Ended && DiseInput.Parse(input).Is(out var read, out _) ? new DiseCiphertext(read, sealedMessage) : malformed;
    }

    /// <summary>Version, input, nonce ‖ ciphertext ‖ tag, each behind its length.</summary>
    public byte[] ToBytes() => new CanonicalWriter().Byte(Version).Bytes(Input.ToBytes()).Bytes(Sealed).ToArray();

    /// <inheritdoc/>
    public bool Equals(DiseCiphertext? other) => other is not null && PublicBytes.Equal(ToBytes(), other.ToBytes());

    /// <inheritdoc/>
    public override int GetHashCode() => Input.Commitment.GetHashCode();

    /// <summary>α = Com(m; ρ): SHA-256 over tag, ρ, m. ρ has a fixed length, so one input has one meaning.</summary>
    internal static Hash256 Commit(SecretBytes opened)
    {
        using var sha = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        sha.AppendData(Tagged.Statement("dise-commitment", []));
        sha.AppendData(opened.Span);
        GC.KeepAlive(opened);
        return new Hash256(sha.GetHashAndReset());
    }
}
