namespace VaultGrid.Model;

/// <summary>How a key signs, as requests and policies name it.</summary>
public enum SigningAlgorithm
{
    /// <summary>ECDSA on secp256k1 over a raw 32-byte digest: <c>ecdsa-secp256k1</c>.</summary>
    EcdsaSecp256k1,

    /// <summary>An Ethereum transaction, decoded by the enclave: <c>ethereum-transaction</c>.</summary>
    EthereumTransaction,
}

/// <summary>The names of <see cref="SigningAlgorithm"/>.</summary>
public static class SigningAlgorithms
{
    /// <summary>The name in documents.</summary>
    public static string Name(this SigningAlgorithm algorithm) => algorithm switch
    {
        SigningAlgorithm.EcdsaSecp256k1 => "ecdsa-secp256k1",
        SigningAlgorithm.EthereumTransaction => "ethereum-transaction",
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
