using VaultGrid.Model.Certificates;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>A Domain: Trust, keys, and an HSM's seal over both. It may be stored anywhere, even at the client; whoever uses it verifies it again.</summary>
/// <param name="Trust">The Trust that it stands under, sealed.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="Seal">The seal of an HSM of that Trust.</param>
public sealed record Domain(Trust Trust, DomainKeys Keys, HsmSeal Seal)
{
    /// <summary>The version of the format.</summary>
    public const byte Version = 1;

    /// <summary>The most bytes of a Domain.</summary>
    public const int ByteLimit = Model.Trust.ByteLimit + DomainKeys.ByteLimit + (16 * 1024);

    /// <summary>Writes it down whole.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().U8(Version).Bytes(Trust.ToBytes()).Bytes(Keys.Bytes.Span);
        HsmSeal.Write(writer, Seal);
        return writer.ToArray();
    }

    /// <summary>Reads a Domain's form; <see cref="Check"/> says whether it counts. <c>domain.malformed</c>, or what the Trust's form is refused for.</summary>
    public static Outcome<Domain> Parse(ReadOnlySpan<byte> bytes, CertificateCache certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        if (bytes.Length > ByteLimit) return new Refusal(RefusalCode.InputTooLarge, $"a Domain has at most {ByteLimit} bytes");

        var reader = new WireReader(bytes);
        if (reader.U8() != Version) reader.Fail($"it is not of version {Version}");
        var trust = reader.Bytes(Model.Trust.ByteLimit);
        var keys = reader.Bytes(DomainKeys.ByteLimit);
        var seal = HsmSeal.Read(ref reader, certificates);
        if (!reader.End("the Domain", out var refusal, RefusalCode.DomainMalformed)) return refusal;
        if (!Model.Trust.Parse(trust, certificates).Is(out var parsedTrust, out refusal)) return refusal;
        return DomainKeys.Parse(keys).Then<Domain>(parsedKeys => new Domain(parsedTrust, parsedKeys, seal!));
    }

    /// <summary>
    /// Checks that the parts belong together: keys and Trust name each other (<c>domain.invalid</c>), a token for each HSM and no other
    /// (<c>domain.foreign</c>), and the seal of an HSM of that Trust over them. Says nothing of the Trust itself: see <see cref="DomainRules"/>.
    /// </summary>
    public Outcome<Done> Check(TrustedAuthorities authorities)
    {
        var body = Trust.Body;
        if (Keys.Trust != body.Hash) return new Refusal(RefusalCode.DomainInvalid, "the Domain's keys are for another Trust than the one that stands before them");
        if (body.Number == 1 && Keys.First != body.Hash) return new Refusal(RefusalCode.DomainInvalid, "the Domain names another chain than its Trust begins");
        if (Keys.Tokens.Length != body.Hsms.Length || !Keys.Tokens.Select(token => token.WrapKey).SequenceEqual(body.Hsms.Select(hsm => hsm.WrapKey.Hash)))
            return new Refusal(RefusalCode.DomainForeign, "the Domain's tokens are not for the HSMs of its Trust, one each in its order");
        if (body.IndexOf(Seal.Signatory) < 0) return new Refusal(RefusalCode.TrustStranger, $"{Seal.Signatory} seals a Domain under a Trust that doesn't name it");
        if (!ChainVerifier.VerifyAsOf(Seal.Certificate, CertificateRole.Device, authorities, Seal.Time).Is(out _, out var refusal)) return refusal;
        return Seal.Signs(HsmSeal.ForDomain(Keys.Hash, Seal.Time))
            ? default(Done)
            : new Refusal(RefusalCode.DomainInvalid, $"the seal of {Seal.Signatory} is not over this Domain");
    }
}
