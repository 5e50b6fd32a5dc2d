using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>An HSM's statement that it has wiped its wrap key for a chain, for good: from then on its removal has full effect.</summary>
/// <remarks>The enclave records the wiping durably before it signs. What an HSM kept that was compromised before, no statement takes back.</remarks>
/// <param name="Chain">The chain.</param>
/// <param name="Trust">The hash of the newest Trust that it knew.</param>
/// <param name="WrapKey">SHA-256 of the wrap key's SubjectPublicKeyInfo.</param>
/// <param name="Seal">Who and when; signed over <see cref="Statement"/>.</param>
public sealed record Retirement(TrustId Chain, Hash256 Trust, Hash256 WrapKey, HsmSeal Seal)
{
    /// <summary>The version of the format.</summary>
    public const byte Version = 1;

    /// <summary>What the D key signs: tag ‖ version (1) ‖ chain (16) ‖ Trust (32) ‖ wrap key (32) ‖ time (8).</summary>
    public static byte[] Statement(TrustId chain, Hash256 trust, Hash256 wrapKey, DateTimeOffset time) =>
        Tagged.Statement("retirement", new WireWriter().U8(Version).Id(chain.Value).Hash(trust).Hash(wrapKey).Time(time).Written);

    /// <summary>Writes it down.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().U8(Version).Id(Chain.Value).Hash(Trust).Hash(WrapKey);
        HsmSeal.Write(writer, Seal);
        return writer.ToArray();
    }

    /// <summary>Reads a statement; <c>trust.malformed</c> for anything else.</summary>
    public static Outcome<Retirement> Parse(ReadOnlySpan<byte> bytes, CertificateCache certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        var reader = new WireReader(bytes);
        if (reader.U8() != Version) reader.Fail($"it is not of version {Version}");
        var (chain, trust, wrapKey) = (new TrustId(reader.Id()), reader.Hash(), reader.Hash());
        var seal = HsmSeal.Read(ref reader, certificates);
        return reader.End("the retirement", out var refusal, RefusalCode.TrustMalformed) ? new Retirement(chain, trust, wrapKey, seal!) : refusal;
    }

    /// <summary>Checks it against a Trust that counts and names this HSM with this wrap key.</summary>
    public Outcome<Done> Check(Trust named, TrustedAuthorities authorities)
    {
        ArgumentNullException.ThrowIfNull(named);
        var index = named.Body.IndexOf(Seal.Signatory);
        if (named.Body.Id != Chain || index < 0 || named.Body.Hsms[index].WrapKey.Hash != WrapKey)
            return new Refusal(RefusalCode.TrustStranger, $"{Seal.Signatory} retires a wrap key that this Trust doesn't name as its own");
        if (!ChainVerifier.VerifyAsOf(Seal.Certificate, CertificateRole.Device, authorities, Seal.Time).Is(out _, out var refusal)) return refusal;
        return Seal.Signs(Statement(Chain, Trust, WrapKey, Seal.Time))
            ? default(Done)
            : new Refusal(RefusalCode.TrustSignature, $"the retirement is not signed by {Seal.Signatory}");
    }
}
