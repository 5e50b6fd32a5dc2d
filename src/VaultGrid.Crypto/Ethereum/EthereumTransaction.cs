namespace VaultGrid.Crypto.Ethereum;

/// <summary>
/// A transaction of Ethereum or another EVM chain, before its signature. The closed hierarchy of what VaultGrid signs: <see cref="LegacyTransaction"/>,
/// <see cref="Eip155Transaction"/>, <see cref="Eip2930Transaction"/>, <see cref="Eip1559Transaction"/>. Immutable.
/// </summary>
public abstract class EthereumTransaction
{
    /// <summary>The longest encoded transaction that is read, in bytes.</summary>
    public const int MaxLength = Rlp.MaxLength;

    private protected EthereumTransaction()
    {
    }

    /// <summary>The chain it is bound to (EIP-155, EIP-2930), or null where it is valid on every chain.</summary>
    public abstract ulong? ChainNumber { get; }

    /// <summary>Number of transactions that the sender made before; below 2^64 − 1 (EIP-2681).</summary>
    public required ulong Nonce { get; init; }

    /// <summary>The most gas that it may use.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>Who is paid or called, or null: a contract is created from <see cref="Data"/>.</summary>
    public required EthereumAddress? To { get; init; }

    /// <summary>What is paid, in wei.</summary>
    public required UInt256 Value { get; init; }

    /// <summary>The call, or the code that creates a contract.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The most that a unit of gas may cost, in wei.</summary>
    public abstract UInt256 GasPriceLimit { get; }

    /// <summary>What is hashed and signed: Keccak-256 of <see cref="EncodeUnsigned"/>.</summary>
    public Hash256 SigningHash => new(Keccak256.Hash(EncodeUnsigned()));

    /// <summary>The EIP-2718 type byte; null for the legacy forms, which are a bare list.</summary>
    internal abstract byte? TypeByte { get; }

    /// <summary>
    /// Reads the bytes that get signed. Strict: one transaction has one encoding, and no transaction is read that every chain would reject for
    /// its form.
    /// </summary>
    /// <returns>
    /// The transaction, or <see cref="RefusalCode.InputTooLarge"/>, <see cref="RefusalCode.InputUnsupported"/> (another transaction type), <see cref="RefusalCode.TransactionMalformed"/>.
    /// </returns>
    public static Outcome<EthereumTransaction> DecodeUnsigned(ReadOnlySpan<byte> bytes) => TransactionDecoder.DecodeUnsigned(bytes);

    /// <summary>Reads a transaction as it goes to the network. As strict; the signature's ranges are checked, low s included (EIP-2).</summary>
    public static Outcome<SignedEthereumTransaction> DecodeSigned(ReadOnlySpan<byte> bytes) => TransactionDecoder.DecodeSigned(bytes);

    /// <summary>The bytes that get hashed and signed.</summary>
    public byte[] EncodeUnsigned() => Encode([.. Fields(), .. UnsignedTail()]);

    /// <summary>The transaction with its signature, as it goes to the network.</summary>
    /// <param name="r">32 bytes, big-endian.</param>
    /// <param name="s">32 bytes, big-endian, low (EIP-2).</param>
    /// <param name="yParity">Parity of the y coordinate of R: 0 or 1.</param>
    /// <exception cref="ArgumentException">The parts are out of range: no signer of ours makes such a signature.</exception>
    public byte[] EncodeSigned(ReadOnlySpan<byte> r, ReadOnlySpan<byte> s, int yParity) =>
        EcdsaSignature.FromCompact([.. r, .. s], yParity).Is(out var signature, out var refusal)
            ? EncodeSigned(signature)
            : throw new ArgumentException(refusal.Detail, nameof(r));

    /// <summary>The transaction with its signature, as it goes to the network.</summary>
    /// <param name="signature">Over <see cref="SigningHash"/>; low s (EIP-2) and with a recovery id of 0 or 1.</param>
    /// <exception cref="ArgumentException">The signature is none that a transaction can carry.</exception>
    public byte[] EncodeSigned(EcdsaSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        if (signature.RecoveryId is not ({ } yParity and (0 or 1))) throw new ArgumentException("The recovery id must be 0 or 1.", nameof(signature));
        if (!signature.IsLowS) throw new ArgumentException("s must be low (EIP-2).", nameof(signature));
        return Encode(
        [
            .. Fields(),
            RlpItem.Of(VNumber(yParity)),
            RlpItem.Of(UInt256.FromBigEndian(signature.R)),
            RlpItem.Of(UInt256.FromBigEndian(signature.S)),
        ]);
    }

    /// <summary>Checks what no encoding shows: rules that every chain has. The decoder has done it; who builds a transaction does it here.</summary>
    /// <returns>The same transaction, or <see cref="RefusalCode.TransactionMalformed"/>.</returns>
    public Outcome<EthereumTransaction> Checked()
    {
        // EIP-2681: the largest nonce is unusable. EIP-2294's limit keeps v = 2 · chain + 36 below 2^64.
        if (Nonce == ulong.MaxValue) return Malformed("the nonce is 2^64 − 1, which no account can use (EIP-2681)");
        if (ChainNumber is 0) return Malformed("the chain id is 0");
        if (ChainNumber > EthereumChain.MaxNumber) return Malformed("the chain id is above the limit of EIP-2294");
        return CheckedFees();
    }

    /// <summary>The fields that come before what is specific to the unsigned or signed form.</summary>
    internal abstract IEnumerable<RlpItem> Fields();

    /// <summary>What stands after the fields in the bytes that get signed.</summary>
    internal virtual IEnumerable<RlpItem> UnsignedTail() => [];

    /// <summary>The number that carries the parity in the signed form.</summary>
    internal abstract ulong VNumber(int yParity);

    private protected virtual Outcome<EthereumTransaction> CheckedFees() => this;

    private protected static Refusal Malformed(string what) => new(RefusalCode.TransactionMalformed, what);

    private protected RlpItem ToItem() => To is { } to ? RlpItem.Of(to.AsSpan()) : RlpItem.Of(ReadOnlySpan<byte>.Empty);

    private byte[] Encode(IEnumerable<RlpItem> items)
    {
        var list = RlpItem.ListOf(items).Encode();
        return TypeByte is { } type ? [type, .. list] : list;
    }
}
