using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Sessions;

/// <summary>What the enclave has verified that it may sign: it checked request and approvals itself, and computed digest and path from the request.</summary>
public sealed record ApprovedMessage
{
    private readonly byte[] _message;

    /// <param name="approval">SHA-256 of the request's bytes, or the hash of an audit (<see cref="SessionSubject.Approval"/>).</param>
    /// <param name="message">What is signed: for ECDSA a digest of 32 bytes.</param>
    /// <param name="path">The account that signs; the master for the key itself.</param>
    /// <param name="variant">Which key of that account, where the scheme has several: the tweak of taproot. Else empty.</param>
    public ApprovedMessage(Hash256 approval, ReadOnlySpan<byte> message, DerivationPath path, string variant = "")
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(variant);
        (Approval, _message, Path, Variant) = (approval, message.ToArray(), path, variant);
    }

    /// <summary>The hash of what was approved.</summary>
    public Hash256 Approval { get; }

    /// <summary>What is signed.</summary>
    public ReadOnlySpan<byte> Message => _message;

    /// <summary>The account.</summary>
    public DerivationPath Path { get; }

    /// <summary>Which key of the account.</summary>
    public string Variant { get; }

    /// <summary>One hash over all of it.</summary>
    internal Hash256 Hash => Hash256.Of(
        "approved-message",
        new CanonicalWriter().Hash(Approval).Bytes(_message).Bytes(System.Text.Encoding.ASCII.GetBytes(Path.ToString())).Fixed(System.Text.Encoding.ASCII.GetBytes(Variant)).ToArray());
}
