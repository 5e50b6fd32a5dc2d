namespace VaultGrid.Dealing;

/// <summary>A wrap key that counts: of a certified device of the grid, made for the key that is dealt.</summary>
public sealed class VerifiedWrapKey
{
    private VerifiedWrapKey(WrapKeyStatement statement, RoleCertificate device) => (Statement, Device) = (statement, device);

    /// <summary>The node's statement.</summary>
    public WrapKeyStatement Statement { get; }

    /// <summary>The device certificate that vouches for it.</summary>
    public RoleCertificate Device { get; }

    /// <summary>
    /// Checks a statement. In this order: its encoding, the certificate (role, chain to the Root, validity, revocation), that both name the same node,
    /// the D key's signature, the name of the key, the point.
    /// </summary>
    /// <param name="said">What the node answered.</param>
    /// <param name="keyId">The key that will be dealt.</param>
    /// <param name="authorities">The pinned Root with CAs and lists.</param>
    /// <param name="now">The dealer's time.</param>
    /// <returns>The wrap key, or the refusal of the first check that fails.</returns>
    public static Outcome<VerifiedWrapKey> Verify(SignedStatement said, KeyId keyId, TrustedAuthorities authorities, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(said);
        if (!WrapKeyStatement.Parse(said.Statement.Span).Is(out var statement, out var refusal)) return refusal;
        if (!RoleCertificate.Parse(said.Certificate.Span).Is(out var certificate, out refusal)) return refusal;
        if (!ChainVerifier.Verify(certificate, CertificateRole.Device, authorities, now).Is(out var device, out refusal)) return refusal;
        if (device.Identity.Node != statement.Node)
            return new Refusal(RefusalCode.NodeForeign, $"the wrap key names node {statement.Node}, its certificate is that of {device.Identity}");
        if (!device.Key.VerifiesStatement(said.Statement.Span, said.Signature.Span))
            return new Refusal(RefusalCode.CertificateKey, $"the wrap key is not signed by the D key of {device.Identity}");
        if (statement.KeyId != keyId)
            return new Refusal(RefusalCode.KeyForeign, $"the wrap key of node {statement.Node} is for '{statement.KeyId}', not for '{keyId}'");
        return P256PublicKey.Parse(statement.PublicKey.Span).Is(out _, out refusal) ? new VerifiedWrapKey(statement, device) : refusal;
    }
}
