using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>What stands beside a request to import a dealt key: the two documents that it names by hash, and the part of one cluster.</summary>
/// <param name="FirstPolicy">The key's first policy, canonical bytes.</param>
/// <param name="Manifest">The dealer's manifest.</param>
/// <param name="Wrap">The cluster's part, sealed to the wrap key: for <c>threshold-ecdsa</c> T behind its length (32 bits), then P.</param>
public sealed record DealDocument(ReadOnlyMemory<byte> FirstPolicy, ReadOnlyMemory<byte> Manifest, ReadOnlyMemory<byte> Wrap)
{
    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/deal\0"u8;

    /// <summary>The largest wrapped part, in bytes.</summary>
    public const int WrapLimit = 16 * 1024;

    /// <summary>The bytes for <see cref="PerformCall.Document"/>.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag).Bytes(FirstPolicy.Span).Bytes(Manifest.Span).Bytes(Wrap.Span).ToArray();

    /// <summary>Reads the document.</summary>
    public static Outcome<DealDocument> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var document = new DealDocument(reader.Memory(EnclaveLimits.Document), reader.Memory(DealManifest.Limit), reader.Memory(WrapLimit));
        return reader.End("a deal's document", out var refusal) ? document : refusal;
    }
}
