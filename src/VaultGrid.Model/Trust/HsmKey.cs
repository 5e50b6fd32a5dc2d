using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>An HSM's public keys for one chain, as a document of its own: what operators collect before they write the Trust that names it.</summary>
/// <param name="Chain">The chain that the wrap key was made for.</param>
/// <param name="Hsm">Device certificate, wrap key and the D key's signature over both.</param>
public sealed record HsmKey(TrustId Chain, TrustHsm Hsm)
{
    /// <summary>The version of the format.</summary>
    public const byte Version = 1;

    /// <summary>The kind of its file (<see cref="DocumentFile"/>).</summary>
    public const string Kind = "hsm-key";

    /// <summary>Writes it down.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().U8(Version).Id(Chain.Value);
        TrustHsm.Write(writer, Hsm);
        return writer.ToArray();
    }

    /// <summary>Reads it; <c>trust.malformed</c> for anything but its one encoding.</summary>
    public static Outcome<HsmKey> Parse(ReadOnlySpan<byte> bytes, CertificateCache certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        var reader = new WireReader(bytes);
        if (reader.U8() != Version) reader.Fail($"it is not of version {Version}");
        var chain = new TrustId(reader.Id());
        var hsm = TrustHsm.Read(ref reader, certificates);
        return reader.End("the HSM's key", out var refusal, RefusalCode.TrustMalformed) ? new HsmKey(chain, hsm!) : refusal;
    }

    /// <summary>Checks that the device's certificate counts and that its D key signed the wrap key for this chain.</summary>
    /// <returns>Done, or <c>certificate.*</c>, <c>revocations.*</c>, <c>trust.signature</c>.</returns>
    public Outcome<Done> Check(TrustedAuthorities authorities, DateTimeOffset now)
    {
        if (!ChainVerifier.Verify(Hsm.Certificate, CertificateRole.Device, authorities, now).Is(out _, out var refusal)) return refusal;
        return Hsm.IsSigned(Chain)
            ? default(Done)
            : new Refusal(RefusalCode.TrustSignature, $"the wrap key of {Hsm.Signatory} is not signed by its D key for this chain");
    }
}
