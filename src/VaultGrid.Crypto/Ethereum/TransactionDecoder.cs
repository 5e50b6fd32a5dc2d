namespace VaultGrid.Crypto.Ethereum;

/// <summary>Reads transactions of the four forms that VaultGrid knows, unsigned and signed.</summary>
internal static class TransactionDecoder
{
    private const int LegacyFields = 6;
    private const int Eip155Fields = 9;
    private const int Eip2930Fields = 8;
    private const int Eip1559Fields = 9;
    private const int SignatureFields = 3;

    /// <summary>Type bytes end here (EIP-2718); above it begin the prefixes of RLP lists.</summary>
    private const byte MaxTypeByte = 0x7F;
    private const byte FirstListPrefix = 0xC0;

    internal static Outcome<EthereumTransaction> DecodeUnsigned(ReadOnlySpan<byte> bytes)
    {
        if (!Open(bytes).Is(out var opened, out var refusal)) return refusal;
        var (type, items) = opened;
        var fields = new TransactionFields(items);
        EthereumTransaction transaction;
        switch (type, items.Count)
        {
            case (null, LegacyFields):
                transaction = Legacy(fields);
                break;
            case (null, Eip155Fields):
                var bare = Legacy(fields);
                transaction = Bound(bare, fields.SmallNumber("the chain id"));
                if (!fields.Number("the first zero after the chain id").IsZero || !fields.Number("the second zero after the chain id").IsZero)
                    return Malformed("the signature's place in an unsigned EIP-155 transaction is not 0, 0");
                break;
            case (Eip2930Transaction.Type, Eip2930Fields):
                transaction = Eip2930(fields);
                break;
            case (Eip1559Transaction.Type, Eip1559Fields):
                transaction = Eip1559(fields);
                break;
            default:
                return Malformed($"an unsigned transaction of this type has not {items.Count} fields");
        }

        if (fields.Fault is { } fault) return fault;
        if (transaction.Checked().Refusal is { } unusable) return unusable;
        return Same(bytes, transaction.EncodeUnsigned(), transaction);
    }

    internal static Outcome<SignedEthereumTransaction> DecodeSigned(ReadOnlySpan<byte> bytes)
    {
        if (!Open(bytes).Is(out var opened, out var refusal)) return refusal;
        var (type, items) = opened;
        var fields = new TransactionFields(items);
        EthereumTransaction transaction;
        ulong v;
        switch (type, items.Count - SignatureFields)
        {
            case (null, LegacyFields):
                var bare = Legacy(fields);
                v = fields.SmallNumber("v");
                if (v is not (LegacyTransaction.FirstV or LegacyTransaction.FirstV + 1 or >= Eip155Transaction.FirstV))
                    return Malformed("v is neither 27, 28 (no chain) nor 35 or more (EIP-155)");
                transaction = v < Eip155Transaction.FirstV ? bare : Bound(bare, (v - Eip155Transaction.FirstV) / 2);
                v = (v - (v < Eip155Transaction.FirstV ? LegacyTransaction.FirstV : Eip155Transaction.FirstV)) % 2;
                break;
            case (Eip2930Transaction.Type, Eip2930Fields):
                transaction = Eip2930(fields);
                v = fields.SmallNumber("the parity");
                break;
            case (Eip1559Transaction.Type, Eip1559Fields):
                transaction = Eip1559(fields);
                v = fields.SmallNumber("the parity");
                break;
            default:
                return Malformed($"a signed transaction of this type has not {items.Count} fields");
        }

        var (r, s) = (fields.Number("r"), fields.Number("s"));
        if (fields.Fault is { } fault) return fault;
        if (v > 1) return Malformed("the parity of the signature is neither 0 nor 1");
        if (!Signature(r, s, (int)v).Is(out var signature, out refusal)) return refusal;
        if (transaction.Checked().Refusal is { } unusable) return unusable;
        var signed = new SignedEthereumTransaction(transaction, signature);
        return Same(bytes, signed.Encoded.Span, signed);
    }

    // The outermost layer: size, type byte, one list.
    private static Outcome<(byte? Type, IReadOnlyList<RlpItem> Items)> Open(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return Malformed("the transaction is empty");
        if (bytes.Length > EthereumTransaction.MaxLength)
            return new Refusal(RefusalCode.InputTooLarge, $"the transaction has {bytes.Length} bytes, more than {EthereumTransaction.MaxLength}");

        byte? type = bytes[0] >= FirstListPrefix ? null : bytes[0];
        if (type > MaxTypeByte) return Malformed("the transaction begins with neither a type nor a list");
        if (type is not (null or Eip2930Transaction.Type or Eip1559Transaction.Type))
            return new Refusal(RefusalCode.InputUnsupported, $"transactions of type {type} are not supported: legacy, 1 and 2 are");

        if (!Rlp.Decode(type is null ? bytes : bytes[1..]).Is(out var item, out var refusal)) return Malformed(refusal.Detail);
        return item is RlpItem.List list ? (type, list.Items) : Malformed("the transaction is not a list");
    }

    private static Outcome<EcdsaSignature> Signature(UInt256 r, UInt256 s, int yParity)
    {
        Span<byte> compact = stackalloc byte[EcdsaSignature.CompactLength];
        r.WriteBigEndian(compact);
        s.WriteBigEndian(compact[UInt256.Size..]);
        if (!EcdsaSignature.FromCompact(compact, yParity).Is(out var signature, out var refusal)) return Malformed(refusal.Detail);
        return signature.IsLowS ? signature : Malformed("s of the signature is above half the group order (EIP-2)");
    }

    private static LegacyTransaction Legacy(TransactionFields fields) => new()
    {
        Nonce = fields.SmallNumber("the nonce"),
        GasPrice = fields.Number("the gas price"),
        GasLimit = fields.SmallNumber("the gas limit"),
        To = fields.Recipient("the recipient"),
        Value = fields.Number("the value"),
        Data = fields.Bytes("the data"),
    };

    private static Eip155Transaction Bound(LegacyTransaction bare, ulong chainId) => new()
    {
        ChainId = chainId,
        Nonce = bare.Nonce,
        GasPrice = bare.GasPrice,
        GasLimit = bare.GasLimit,
        To = bare.To,
        Value = bare.Value,
        Data = bare.Data,
    };

    // Initialisers run in the order in which they are written, which is the order of the fields.
    private static Eip2930Transaction Eip2930(TransactionFields fields) => new()
    {
        ChainId = fields.SmallNumber("the chain id"),
        Nonce = fields.SmallNumber("the nonce"),
        GasPrice = fields.Number("the gas price"),
        GasLimit = fields.SmallNumber("the gas limit"),
        To = fields.Recipient("the recipient"),
        Value = fields.Number("the value"),
        Data = fields.Bytes("the data"),
        AccessList = fields.AccessList("the access list"),
    };

    private static Eip1559Transaction Eip1559(TransactionFields fields) => new()
    {
        ChainId = fields.SmallNumber("the chain id"),
        Nonce = fields.SmallNumber("the nonce"),
        MaxPriorityFeePerGas = fields.Number("the priority fee"),
        MaxFeePerGas = fields.Number("the fee limit"),
        GasLimit = fields.SmallNumber("the gas limit"),
        To = fields.Recipient("the recipient"),
        Value = fields.Number("the value"),
        Data = fields.Bytes("the data"),
        AccessList = fields.AccessList("the access list"),
    };

    // Every step above is strict already; this makes it certain that what was read is exactly what will be signed or sent.
    private static Outcome<T> Same<T>(ReadOnlySpan<byte> input, ReadOnlySpan<byte> encoded, T decoded)
        where T : class =>
        PublicBytes.Equal(input, encoded) ? decoded : Malformed("the transaction is not in its canonical encoding");

    private static Refusal Malformed(string what) => new(RefusalCode.TransactionMalformed, what);
}
