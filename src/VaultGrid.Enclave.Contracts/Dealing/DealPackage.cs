using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>
/// All that a dealer leaves beside its request, in one document: first policy, manifest, and every cluster's part. Filed with the request; each
/// cluster's enclave gets the <see cref="DealDocument"/> of its own part. Nothing in it is secret without a wrap key.
/// </summary>
/// <param name="FirstPolicy">The key's first policy, canonical bytes.</param>
/// <param name="Manifest">The dealer's manifest.</param>
/// <param name="Wraps">A sealed part for every recipient, in the order of the manifest.</param>
public sealed record DealPackage(ReadOnlyMemory<byte> FirstPolicy, ReadOnlyMemory<byte> Manifest, IReadOnlyList<ReadOnlyMemory<byte>> Wraps)
{
    /// <summary>The largest package, in bytes.</summary>
    public const int Limit = EnclaveLimits.Document + DealManifest.Limit + (ClusterSet.Limit * (DealDocument.WrapLimit + sizeof(uint))) + 64;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/deal-package\0"u8;

    /// <summary>The package's bytes.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag).Bytes(FirstPolicy.Span).Bytes(Manifest.Span)
        .List(Wraps, (to, wrap) => to.Bytes(wrap.Span)).ToArray();

    /// <summary>What the enclaves of one cluster are given, or null where the manifest names no node of it.</summary>
    public DealDocument? For(ClusterId cluster)
    {
        if (!DealManifest.Parse(Manifest.Span).Is(out var manifest, out _)) return null;
        for (var i = 0; i < manifest.Recipients.Count; i++)
            if (manifest.Recipients[i].Node.Cluster == cluster)
                return new DealDocument(FirstPolicy, Manifest, Wraps[i]);
        return null;
    }

    /// <summary>Reads a package; its manifest is read too, and has as many recipients as there are parts.</summary>
    public static Outcome<DealPackage> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var package = new DealPackage(
            reader.Memory(EnclaveLimits.Document), reader.Memory(DealManifest.Limit),
            reader.List(ClusterSet.Limit, (ref WireReader from) => from.Memory(DealDocument.WrapLimit)));
        if (!reader.End("a deal's package", out var refusal)) return refusal;
        if (!DealManifest.Parse(package.Manifest.Span).Is(out var manifest, out refusal)) return refusal;
        return manifest.Recipients.Count == package.Wraps.Count
            ? package
            : new Refusal(RefusalCode.InputMalformed, $"a deal's package has {package.Wraps.Count} parts for {manifest.Recipients.Count} recipients");
    }

    /// <summary>Reads the package that a request names: its policy and its manifest have the hashes that are approved.</summary>
    public static Outcome<DealPackage> ParseFor(DealKeyRequest request, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!Parse(bytes).Is(out var package, out var refusal)) return refusal;
        if (DealManifest.HashOf(package.Manifest.Span) != request.Manifest)
            return new Refusal(RefusalCode.InputMalformed, "the package's manifest is not the one that the request names");
        if (!KeyPolicy.Parse(package.FirstPolicy.Span).Is(out var policy, out refusal)) return refusal;
        return policy.Hash() == request.FirstPolicy
            ? package
            : new Refusal(RefusalCode.InputMalformed, "the package's policy is not the one that the request names");
    }
}
