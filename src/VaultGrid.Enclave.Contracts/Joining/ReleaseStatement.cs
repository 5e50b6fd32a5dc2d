using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Holder → joiner: a key sealed to the joiner's session key, with all its evidence (protocols §2, duplication).</summary>
/// <param name="Header">What both sides must agree on; also the additional data of the sealing.</param>
/// <param name="Evidence">The birth record and the policies.</param>
/// <param name="SealedKey">The secret, sealed: ephemeral ECDH P-256, HKDF-SHA256 over the header, AES-256-GCM.</param>
public sealed record ReleaseStatement(ReleaseHeader Header, KeyEvidence Evidence, ReadOnlyMemory<byte> SealedKey)
{
    /// <summary>The largest sealed key, in bytes.</summary>
    public const int SealedKeyLimit = 64 * 1024;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/release\0"u8;

    /// <summary>The bytes that the holder's D key signs.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().Fixed(Tag).Bytes(Header.ToBytes());
        KeyEvidence.Write(writer, Evidence);
        return writer.Bytes(SealedKey.Span).ToArray();
    }

    /// <summary>Reads the statement.</summary>
    public static Outcome<ReleaseStatement> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var header = reader.Bytes(EnclaveLimits.Document);
        var evidence = KeyEvidence.Read(ref reader);
        var sealedKey = reader.Memory(SealedKeyLimit);
        if (!reader.End("a release statement", out var refusal)) return refusal;
        return ReleaseHeader.Parse(header).Is(out var parsed, out refusal) ? new ReleaseStatement(parsed, evidence, sealedKey) : refusal;
    }
}
