using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>What an enclave says it is: what it rests on and which program it runs. Its D key signs it, with the asker's nonce; a TPM signs a quote over it too.</summary>
/// <remarks>
/// Without a quote it is the enclave's own word: it tells operators that a node was set up otherwise than meant, and somebody with root on that host can make an enclave lie.
/// A quote shows which PCR values the TPM had, and that its D key's owner asked for it.
/// </remarks>
/// <param name="Node">The enclave's node.</param>
/// <param name="Adapter">What it rests on: <c>software</c>, <c>pkcs11</c>, <c>tpm</c>.</param>
/// <param name="Software">The program's version.</param>
/// <param name="Measurement">SHA-256 over the program's files (<see cref="MeasurementOf"/>).</param>
/// <param name="DeviceKey">SHA-256 of its D key.</param>
/// <param name="Time">When, by its clock.</param>
/// <param name="Nonce">The asker's nonce.</param>
/// <param name="Quote">A TPM's quote whose extra data is the hash of this document without it; null where there is no TPM.</param>
public sealed record Attestation(
    NodeId Node, string Adapter, string Software, Hash256 Measurement, Hash256 DeviceKey, DateTimeOffset Time, ReadOnlyMemory<byte> Nonce, TpmQuote? Quote = null)
{
    private const int TextLimit = 128;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/attestation\0"u8;

    /// <summary>The bytes that the D key signs.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag).U32(Node.Cluster.Number).U32(Node.Index).Text(Adapter).Text(Software).Hash(Measurement).Hash(DeviceKey)
        .Time(Time).Bytes(Nonce.Span).List<TpmQuote>(Quote is { } quote ? [quote] : [], TpmQuote.Write).ToArray();

    /// <summary>What a TPM is asked to quote: SHA-256 of the document without a quote.</summary>
    public Hash256 Quoted() => Hash256.Sha256((this with { Quote = null }).ToBytes());

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<Attestation> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (!PublicBytes.Equal(reader.Fixed(Tag.Length), Tag)) reader.Fail("it does not start with its tag");
        var (cluster, node) = (reader.U32(), reader.U32());
        if (cluster == 0 || node == 0) reader.Fail("a node's number is 0");
        var attestation = new Attestation(
            reader.Failed ? default : new NodeId(new ClusterId(cluster), node), reader.Text(TextLimit), reader.Text(TextLimit), reader.Hash(), reader.Hash(),
            reader.Time(), reader.Bytes(AuditHead.LongestNonce).ToArray(), reader.List(1, TpmQuote.Read) is [var quote] ? quote : null);
        return reader.End("an attestation", out var refusal) ? attestation : refusal;
    }

    /// <summary>The measurement of a program: SHA-256 over its files in order of their names, each as name behind its length and SHA-256 of its content.</summary>
    /// <param name="files">Name without folder, and SHA-256 of the content.</param>
    public static Hash256 MeasurementOf(IEnumerable<(string Name, Hash256 Content)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var writer = new WireWriter().Fixed("VaultGrid/v1/measurement\0"u8);
        foreach (var (name, content) in files.OrderBy(file => file.Name, StringComparer.Ordinal)) writer.Text(name).Hash(content);
        return Hash256.Sha256(writer.Written);
    }
}
