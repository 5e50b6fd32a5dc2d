namespace VaultGrid.Crypto.Ethereum;

/// <summary>A transaction with its signature, ready for the network.</summary>
public sealed class SignedEthereumTransaction
{
    private readonly byte[] _encoded;

    internal SignedEthereumTransaction(EthereumTransaction transaction, EthereumSignature signature) =>
        (Transaction, Signature, _encoded) = (transaction, signature, transaction.EncodeSigned(signature));

    /// <summary>What was signed.</summary>
    public EthereumTransaction Transaction { get; }

    /// <summary>The signature, its ranges checked.</summary>
    public EthereumSignature Signature { get; }

    /// <summary>The bytes that go to the network.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded;

    /// <summary>The transaction's id on its chain: Keccak-256 of <see cref="Encoded"/>.</summary>
    public Hash256 Hash => new(Keccak256.Hash(_encoded));
}
