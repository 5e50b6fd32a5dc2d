using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Dise;
using VaultGrid.Protocols.Frost;
using VaultGrid.Protocols.Tests.Dealing;

namespace VaultGrid.Protocols.Tests.Sharing;

/// <summary>What is stored, signed or sent has these bytes for ever: a change here breaks stored shares, or nodes of two releases.</summary>
public sealed class FrozenEncodingTests
{
    private static readonly SecretPolynomial Polynomial =
        SecretPolynomial.FromSecret(PrimeGroup.Secp256k1, 1, SecretBytes.Take([.. new byte[31], 5, .. new byte[31], 7])).Value;

    private static readonly SharedKey Key = Ceremonies.Shares(Polynomial, 4, 1).Values.First().Key;

    private static readonly SignedMessage Message = new(new(3), [1, 2], [9]);

    private static readonly QuorumCertificate Certificate = QuorumCertificate.Of(Tagged.Hash("frozen", []), [new(new(2), [8]), new(new(1), [7])]);

    private static readonly NonceCommitment Commitment = new(new(2), Polynomial.Commit().Elements[0], Polynomial.Commit().Elements[1]);

    [Fact]
    public void The_encodings_are_stable()
    {
        Is("0x919724557e9f17e9c06cbda17ae91935", Key.ToBytes());
        Is("0xc5ae93a50eea686888bd7d345bc60b0a", Message.ToBytes());
        Is("0x1dfb17bbf6afbb0a36fad3e920b9d046", Certificate.ToBytes());
        Is("0xf18d0fd05f7a3ae55e64d528333e1d3e", DealingTranscript.Of([(Message, Certificate)]).ToBytes());
        Is("0x4f16b2bfa07da02f43e0a10a3ee494fe", CommitList.Of([Message]).ToBytes());
        Is("0xe25604f0e56ee83dc07084142e04b603", Commitment.ToBytes());
        Is("0x31e94aa945b4cda4d3c1fe7bf9bf2964", SigningPackage.Of("m"u8, [Commitment]).ToBytes());
        Is("0xdf3a30d1a49b12b1b8f4e0271251b7fb", new SignatureShare(new(2), PrimeGroup.Secp256k1.Scalar(6)).ToBytes());
        Is("0xcf500176bb7525cbc6480628d01883ef", new SigningPart(new SignatureShare(new(2), PrimeGroup.Secp256k1.Scalar(6)), new byte[33], new byte[32]).ToBytes());
        Is("0xd815983dde3674f6345f461a72ff3ee5", DiseInput.Of("j"u8, Tagged.Hash("frozen", [])).Value.ToBytes());
    }

    [Fact]
    public void What_is_signed_and_hashed_is_stable()
    {
        var keys = new DeviceKeys(4, 1);
        var ceremony = DealingCeremony.Reshare(Key, Tagged.Hash("frozen", []), keys.Roster, keys.Roster);
        Is("0xdbd5d5f7eee61f63fe5017f6ef62e2fe", ceremony.Binding.AsSpan());
        Is("0xb7c2af424b6ba0a771c298d6b404d066", DealingTranscript.Of([(Message, Certificate)]).Hash(ceremony).AsSpan());
        Is("0x376bfbeb4af7ca05e671cde57df15fcf", DiseInput.Of("j"u8, Tagged.Hash("frozen", [])).Value.ToElement().Bytes);
        var child = SigningKey.Of(FrostSuite.Taproot, Key).Derive(1, 2).Value;
        Is("0x3c1ea413d58299ea9bc244253d516704", child.Encoded);
        Is("0xe516e83543c212a44a4f337862ead4e8", child.TaprootOutput().Value.Encoded);
        var shares = Ceremonies.Shares(SecretPolynomial.FromSecret(PrimeGroup.Ed25519, 1, SecretBytes.Take([5, .. new byte[31], 7, .. new byte[31]])).Value, 4, 1);
        Is("0x103b63160b53c429cc476f48922cf189", SigningKey.Of(FrostSuite.Ed25519, shares[new(1)].Key).Derive(1, 2).Value.Encoded);
    }

    private static void Is(string expected, ReadOnlySpan<byte> bytes) => Assert.Equal(expected, Hex.Encode(SHA256.HashData(bytes).AsSpan(0, 16)));
}
