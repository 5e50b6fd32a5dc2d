using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>A dealer's answer to a complaint: the disputed share, for everybody.</summary>
internal sealed record ShareOpening(PartyIndex Receiver, Hash256 Digest, PublicScalar Share)
{
    public static ShareOpening? Read(PrimeGroup group, ReadOnlySpan<byte> body)
    {
        var reader = new CanonicalReader(body);
        var opening = new ShareOpening(reader.Party(), reader.Hash(), reader.Scalar(group));
        return reader.Ended ? opening : null;
    }

    public byte[] ToBytes() => new CanonicalWriter().Party(Receiver).Hash(Digest).Scalar(Share).ToArray();
}
