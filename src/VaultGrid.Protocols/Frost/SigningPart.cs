using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Frost;

/// <summary>
/// What a signer sends in round 2: its share, and what all signers compute alike, R as signatures begin with it and the account's key. Where f + 1 parts agree, their shares' sum is the
/// signature, without anything of the protocol being computed again; whether it verifies is for whoever puts it together to see.
/// </summary>
/// <param name="Share">The share.</param>
/// <param name="Commitment">R as it stands in the signature: 33 bytes for secp256k1, else 32.</param>
/// <param name="PublicKey">The key that the signature is for, as its verifiers have it.</param>
public sealed record SigningPart(SignatureShare Share, ReadOnlyMemory<byte> Commitment, ReadOnlyMemory<byte> PublicKey)
{
    private const int Longest = 64;

    /// <summary>Reads what <see cref="ToBytes"/> wrote. Of the commitment and the key nothing is checked: they count where the signature verifies.</summary>
    public static Outcome<SigningPart> Parse(PrimeGroup group, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(group);
        var reader = new CanonicalReader(bytes);
        var part = new SigningPart(new SignatureShare(reader.Party(), reader.Scalar(group)), reader.Bytes(Longest), reader.Bytes(Longest));
        return reader.Ended ? part : new Refusal(RefusalCode.InputMalformed, "this is not a signer's part of a signature");
    }

    /// <summary>Party, z, R, key; the last two behind their lengths.</summary>
    public byte[] ToBytes() => new CanonicalWriter().Party(Share.Party).Scalar(Share.Z).Bytes(Commitment.Span).Bytes(PublicKey.Span).ToArray();
}
