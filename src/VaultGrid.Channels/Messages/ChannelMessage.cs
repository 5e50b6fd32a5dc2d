namespace VaultGrid.Channels;

/// <summary>A message in its envelope: the bytes, the sender's certificate, and the signature of the certificate's key over them.</summary>
/// <param name="Content">A <see cref="ChannelRequest"/> or a <see cref="ChannelAnswer"/>; each starts with its own tag.</param>
/// <param name="Certificate">The sender's certificate (role relay), DER.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256 (DER), or RSA-PSS.</param>
public sealed record ChannelMessage(ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> Signature)
{
    /// <summary>The largest message, in bytes.</summary>
    public const int Limit = ChannelAnswer.BodyLimit + (64 * 1024);

    private const int CertificateLimit = 8 * 1024;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/channel-message\0"u8;

    /// <summary>True for an answer, false for a request or anything else.</summary>
    public bool IsAnswer => Content.Span.StartsWith("VaultGrid/v1/channel-answer\0"u8);

    /// <summary>Signs.</summary>
    public static ChannelMessage Sign(ReadOnlyMemory<byte> content, TlsIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return new(content, identity.Certificate.Der, identity.SignStatement(content.Span));
    }

    /// <summary>The message's bytes.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag).Bytes(Content.Span).Bytes(Certificate.Span).Bytes(Signature.Span).ToArray();

    /// <summary>Reads a message; nothing of it is verified yet. <c>input.malformed</c>, <c>input.too-large</c>.</summary>
    public static Outcome<ChannelMessage> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Limit) return new Refusal(RefusalCode.InputTooLarge, $"a channel's message has at most {Limit} bytes");
        var reader = new WireReader(bytes);
        if (!PublicBytes.Equal(reader.Fixed(Tag.Length), Tag)) reader.Fail("its tag is not that of a channel's message");
        var message = new ChannelMessage(reader.Bytes(Limit).ToArray(), reader.Bytes(CertificateLimit).ToArray(), reader.Bytes(CertificateLimit).ToArray());
        return reader.End("a channel's message", out var refusal) ? message : refusal;
    }

    /// <summary>The subject that it is about, for its name in a channel; unverified.</summary>
    public Outcome<Hash256> Subject() => IsAnswer
        ? ChannelAnswer.Parse(Content.Span).Then<Hash256>(answer => answer.Subject)
        : ChannelRequest.Parse(Content.Span).Then<Hash256>(request => request.Subject);

    /// <summary>Verifies who sent it: a relay whose certificate counts now, and its signature.</summary>
    /// <returns>The sender, or the certificate's refusal, <c>caller.unauthenticated</c> for a false signature.</returns>
    public Outcome<CertificateIdentity> Sender(KnownAuthorities authorities, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        if (!RoleCertificate.Parse(Certificate.Span).Is(out var parsed, out var refusal)) return refusal;
        if (!authorities.Verify(parsed, CertificateRole.Relay, now).Is(out var relay, out refusal)) return refusal;
        return relay.Key.VerifiesStatement(Content.Span, Signature.Span)
            ? relay.Identity
            : new Refusal(RefusalCode.CallerUnauthenticated, $"the message is not signed by {relay.Identity}");
    }
}
