using VaultGrid.Crypto.Ethereum;

namespace VaultGrid.Client;

/// <summary>A signature as the grid answers it.</summary>
public sealed record SignatureStatus
{
    /// <summary>The 32-byte digest that was signed.</summary>
    public required Hash256 Digest { get; init; }

    /// <summary>r, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> R { get; init; }

    /// <summary>s, 32 bytes, low.</summary>
    public required ReadOnlyMemory<byte> S { get; init; }

    /// <summary>The recovery id, 0 to 3.</summary>
    public required int V { get; init; }

    /// <summary>The signature in DER.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>The compressed public key, 33 bytes.</summary>
    public required ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>The Ethereum address of that key, in EIP-55 form.</summary>
    public string? Address
    {
        // Computed for those who ask: it takes as long as all else that the silo does with a signature.
        get => field ?? (VaultGrid.Crypto.PublicKey.Parse(PublicKey.Span).Is(out var key, out _) ? EthereumAddress.Of(key).ToString() : null);
        init;
    }

    /// <summary>The derivation path that signed.</summary>
    public required string KeyPath { get; init; }

    /// <summary>The node that signed; in a session the last of its participants.</summary>
    public required NodeId Node { get; init; }

    /// <summary>The session in which several clusters signed; left out where one node did.</summary>
    public Hash256? Session { get; init; }

    /// <summary>Who took part in it, in order.</summary>
    public IReadOnlyList<NodeId>? Participants { get; init; }

    /// <summary>The signed transaction as a network takes it, where one was asked for.</summary>
    public ReadOnlyMemory<byte>? RawTransaction { get; init; }
}
