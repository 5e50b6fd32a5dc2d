using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols;

/// <summary>A receiver's signed statement that the share it got with a dealing can't be read or doesn't fit.</summary>
internal static class Complaint
{
    public static SignedMessage Make(DealingCeremony ceremony, PartyIndex me, PartyIndex dealer, Hash256 digest, IStatementSigner signer) =>
        SignedMessage.Sign(DealingCeremony.ComplaintKind, ceremony.Binding, me, Body(dealer, digest), signer);

    public static bool Is(DealingCeremony ceremony, SignedMessage message, PartyIndex dealer, Hash256 digest) =>
        PublicBytes.Equal(message.Body.Span, Body(dealer, digest)) && message.IsSigned(DealingCeremony.ComplaintKind, ceremony.Binding, ceremony.Receivers);

    private static byte[] Body(PartyIndex dealer, Hash256 digest) => new CanonicalWriter().Party(dealer).Hash(digest).ToArray();
}
