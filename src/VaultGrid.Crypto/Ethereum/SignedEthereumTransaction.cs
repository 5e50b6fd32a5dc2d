namespace VaultGrid.Crypto.Ethereum;

/// <summary>A transaction with its signature, ready for the network.</summary>
public sealed class SignedEthereumTransaction
{
    private readonly byte[] _encoded;

    internal SignedEthereumTransaction(EthereumTransaction transaction, EcdsaSignature signature) =>
        (Transaction, Signature, _encoded) = (transaction, signature, transaction.EncodeSigned(signature));

    /// <summary>What was signed.</summary>
    public EthereumTransaction Transaction { get; }

    /// <summary>The signature: in range, low s, recovery id 0 or 1.</summary>
    public EcdsaSignature Signature { get; }

    /// <summary>The bytes that go to the network.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded;

    /// <summary>The transaction's id on its chain: Keccak-256 of <see cref="Encoded"/>.</summary>
    public Hash256 Hash => new(Keccak256.Hash(_encoded));

    /// <summary>Who signed: the account that the network will charge. Any signature in range has a signer; compare it with the one expected.</summary>
    /// <returns>The address, or a refusal where no key belongs to the signature.</returns>
    public Outcome<EthereumAddress> RecoverSender() => Signature.Recover(Transaction.SigningHash.ToArray()).Then<EthereumAddress>(key => EthereumAddress.Of(key));
}
