using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>Asks for what is public about a key that several clusters hold; <c>key.unknown</c> where the enclave holds none of that name, or one of another kind.</summary>
/// <param name="Key">The hash of the key's birth record.</param>
public sealed record DescribeThresholdCall(Hash256 Key) : EnclaveCall<ThresholdDescription>
{
    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.DescribeThreshold;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Hash(Key);
    }

    /// <inheritdoc/>
    public override ThresholdDescription ReadAnswer(ref WireReader reader) => ThresholdDescription.Read(ref reader);

    /// <summary>Reads the call's body.</summary>
    public static DescribeThresholdCall Read(ref WireReader reader) => new(reader.Hash());
}

/// <summary>A key of several clusters, its public side.</summary>
/// <param name="PublicKey">X, compressed, 33 bytes.</param>
/// <param name="ChainCode">Its chain code, 32 bytes: X is the root of a BIP-32 tree.</param>
/// <param name="Threshold">How many clusters sign together (t).</param>
/// <param name="Clusters">The clusters that hold shares (n), ascending.</param>
/// <param name="ShareVersion">The version of the shares.</param>
/// <param name="Manifest">The hash of the dealer's manifest.</param>
public sealed record ThresholdDescription(
    ReadOnlyMemory<byte> PublicKey, ReadOnlyMemory<byte> ChainCode, byte Threshold, IReadOnlyList<ClusterId> Clusters, uint ShareVersion, Hash256 Manifest)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, ThresholdDescription key)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(key);
        writer.Fixed(key.PublicKey.Span).Fixed(key.ChainCode.Span).U8(key.Threshold)
            .List(key.Clusters, (to, cluster) => to.U32(cluster.Number)).U32(key.ShareVersion).Hash(key.Manifest);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ThresholdDescription Read(ref WireReader reader)
    {
        var read = new ThresholdDescription(
            reader.Fixed(33).ToArray(), reader.Fixed(32).ToArray(), reader.U8(), reader.List(ClusterSet.Limit, ReadCluster), reader.U32(), reader.Hash());
        if (!ClusterSet.TryCreate(read.Clusters, out _) || read.Threshold < 2 || read.Threshold > read.Clusters.Count) reader.Fail("a threshold key's clusters don't fit");
        return read;
    }

    private static ClusterId ReadCluster(ref WireReader reader)
    {
        var number = reader.U32();
        if (number != 0) return new ClusterId(number);
        reader.Fail("there is no cluster 0");
        return default;
    }
}
