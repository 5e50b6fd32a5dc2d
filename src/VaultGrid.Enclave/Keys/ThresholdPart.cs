using System.Diagnostics;
using System.Security.Cryptography;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Enclave;

/// <summary>
/// This cluster's part of a threshold key, checked against the manifest whenever it is opened (import, copy, start). Stored and copied as
/// <c>length (4) ‖ manifest ‖ length (4) ‖ T ‖ P</c>; a dealer wraps what follows the manifest.
/// </summary>
[DebuggerDisplay("ThresholdPart(redacted)")]
internal sealed class ThresholdPart
{
    private const int NoiseCapacity = 64;

    private ThresholdPart(Hash256 manifest, DealStatement statement, OpenShare share) =>
        (Manifest, Statement, Share) = (manifest, statement, new Leased<OpenShare>(share));

    /// <summary>The hash of the manifest that the administrators approved.</summary>
    public Hash256 Manifest { get; }

    /// <summary>What the dealer published.</summary>
    public DealStatement Statement { get; }

    /// <summary>T and P.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Leased<OpenShare> Share { get; }

    /// <summary>The fingerprint of the key: X and its chain code, like a BIP-32 root's.</summary>
    public Hash256 Fingerprint => FingerprintOf(Statement);

    /// <summary>No new uses; wiped when the last has ended.</summary>
    public void Close() => Share.Close();

    /// <summary>The fingerprint that a manifest leads to, before anything of it is checked.</summary>
    public static Outcome<Hash256> PublicFingerprint(ReadOnlySpan<byte> manifest) =>
        DealManifest.Parse(manifest).Then(parsed => DealStatement.Parse(parsed.Statement.Span)).Then<Hash256>(statement => FingerprintOf(statement));

    /// <summary>Manifest and part, as they are stored.</summary>
    /// <param name="manifest">The manifest's bytes.</param>
    /// <param name="part">T behind its length, then P; stays the caller's.</param>
    public static SecretBytes Pack(ReadOnlySpan<byte> manifest, SecretBytes part)
    {
        using var buffer = new SecretBuffer(sizeof(uint) + manifest.Length + part.Length);
        buffer.WriteUInt32((uint)manifest.Length);
        buffer.Write(manifest);
        buffer.Write(part);
        return buffer.ToSecret();
    }

    /// <summary>Opens what was stored, and checks all of it: the manifest that the birth's request names, the proofs, every share, P. Half a second.</summary>
    /// <param name="stored">As <see cref="Pack"/> made it; stays the caller's.</param>
    /// <param name="evidence">The key's evidence.</param>
    /// <param name="cluster">This cluster.</param>
    public static Outcome<ThresholdPart> Open(SecretBytes stored, KeyEvidence evidence, ClusterId cluster)
    {
        if (!RequestDocument.Parse(evidence.Birth.Request.Span).Is(out var document, out var refusal)) return refusal;
        if (document.Request is not DealKeyRequest request) return Malformed("the request of its birth is for another kind of key");

        var rest = (ReadOnlySpan<byte>)stored.Span;
        if (!LengthPrefix.TryCut(ref rest, out var bytes) || !LengthPrefix.TryCut(ref rest, out var t) || t.IsEmpty || rest.IsEmpty) return Malformed("its parts do not fit");
        if (DealManifest.HashOf(bytes) != request.Manifest) return Malformed("its manifest is not the one that was approved");
        if (!ReadManifest(bytes, request).Is(out var statement, out refusal)) return refusal;

        using var shares = stored.Slice(stored.Length - rest.Length - t.Length, t.Length);
        using var primes = stored.Slice(stored.Length - rest.Length, rest.Length);
        using var random = RandomNumberGenerator.Create();
        return ThresholdShare.Import(statement, cluster.Number, shares, primes, PaillierModulusSize.Bits3072, random).Is(out var share, out refusal)
            ? new ThresholdPart(request.Manifest, statement, new OpenShare(share, NoiseCapacity))
            : refusal;
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "ThresholdPart(redacted)";

    private static Hash256 FingerprintOf(DealStatement statement) => BirthRecord.FingerprintOf(statement.PublicKey.Compressed, statement.ChainCode);

    private static Outcome<DealStatement> ReadManifest(ReadOnlySpan<byte> bytes, DealKeyRequest request)
    {
        if (!DealManifest.Parse(bytes).Is(out var manifest, out var refusal)) return refusal;
        if (manifest.KeyId != request.KeyId || manifest.Kind != request.Kind) return Malformed("its manifest is of another key than the request");
        if (!DealStatement.Parse(manifest.Statement.Span).Is(out var statement, out refusal)) return refusal;
        return ClusterSet.Of(statement.Table.Clusters).Equals(request.Clusters)
            && ClusterSet.TryCreate(manifest.Recipients.Select(recipient => recipient.Node.Cluster), out var wrapped) && wrapped.Equals(request.Clusters)
            ? statement
            : Malformed("manifest and request name different clusters");
    }

    private static Refusal Malformed(string why) => new(RefusalCode.InputMalformed, $"the part of the threshold key can't be used: {why}");
}
