namespace VaultGrid.Client;

/// <summary>A signature of a shared key.</summary>
public sealed record MessageSignatureStatus
{
    /// <summary><c>schnorr</c>, <c>taproot</c>, <c>ed25519</c> or <c>bls</c>.</summary>
    public required string Algorithm { get; init; }

    /// <summary>65 bytes (R ‖ z, RFC 9591), 64 (BIP-340), 64 (RFC 8032) or 96 (G2, compressed).</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>The key that it verifies under: of the account and tweak that signed.</summary>
    public required ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>The account's path; <c>m</c> for the key itself.</summary>
    public required string KeyPath { get; init; }

    /// <summary>The version of the shares.</summary>
    public required long Version { get; init; }

    /// <summary>Who signed.</summary>
    public required IReadOnlyList<NodeId> Signers { get; init; }

    /// <summary>Holders that did not answer, or answered wrongly.</summary>
    public required IReadOnlyList<Blame> Blamed { get; init; }

    /// <summary>True where nonces had been prepared, so that signing took one round.</summary>
    public required bool Pooled { get; init; }
}

/// <summary>A node that is blamed.</summary>
/// <param name="Node">The node.</param>
/// <param name="Why">The check that failed, such as <c>share</c>, the refusal's code, or <c>late</c>: it had not answered when others were done.</param>
/// <param name="By">Who says so; empty where the silo heard nothing from it.</param>
/// <param name="Proven">True where the node's own signed messages convict it before everybody.</param>
public sealed record Blame(NodeId Node, string Why, IReadOnlyList<NodeId> By, bool Proven);
