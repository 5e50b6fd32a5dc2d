namespace VaultGrid.Model;

/// <summary>How a key signs, as requests and policies name it.</summary>
public enum SigningAlgorithm
{
    /// <summary>ECDSA on secp256k1 over a raw 32-byte digest: <c>ecdsa-secp256k1</c>.</summary>
    EcdsaSecp256k1,

    /// <summary>An Ethereum transaction, decoded by the enclave: <c>ethereum-transaction</c>.</summary>
    EthereumTransaction,

    /// <summary>Schnorr on secp256k1 as FROST(secp256k1, SHA-256) of RFC 9591 has it, over a message: <c>schnorr</c>.</summary>
    Schnorr,

    /// <summary>BIP-340 over a message, under a key, a child of it or a taproot output: <c>taproot</c>.</summary>
    Taproot,

    /// <summary>Ed25519 (RFC 8032) over a message: <c>ed25519</c>.</summary>
    Ed25519,

    /// <summary>BLS as Ethereum's consensus has it (<c>BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_</c>) over a message: <c>bls</c>.</summary>
    Bls,
}

/// <summary>The names of <see cref="SigningAlgorithm"/>.</summary>
public static class SigningAlgorithms
{
    /// <summary>The name in documents.</summary>
    public static string Name(this SigningAlgorithm algorithm) => algorithm switch
    {
        SigningAlgorithm.EcdsaSecp256k1 => "ecdsa-secp256k1",
        SigningAlgorithm.EthereumTransaction => "ethereum-transaction",
        SigningAlgorithm.Schnorr => "schnorr",
        SigningAlgorithm.Taproot => "taproot",
        SigningAlgorithm.Ed25519 => "ed25519",
        SigningAlgorithm.Bls => "bls",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Not a signing algorithm."),
    };

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string text, out SigningAlgorithm algorithm)
    {
        foreach (var candidate in Enum.GetValues<SigningAlgorithm>())
        {
            if (candidate.Name() != text) continue;
            algorithm = candidate;
            return true;
        }

        algorithm = default;
        return false;
    }
}
