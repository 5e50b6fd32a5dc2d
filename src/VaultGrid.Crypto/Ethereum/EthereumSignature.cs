namespace VaultGrid.Crypto.Ethereum;

/// <summary>A signature as a transaction carries it: r and s of ECDSA over secp256k1, s not above half the order (EIP-2), and the parity of R's y.</summary>
public readonly record struct EthereumSignature
{
    private static readonly UInt256 Order = FromHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    private static readonly UInt256 HalfOrder = FromHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

    private EthereumSignature(UInt256 r, UInt256 s, int yParity) => (R, S, YParity) = (r, s, yParity);

    /// <summary>r, 1 to n − 1.</summary>
    public UInt256 R { get; }

    /// <summary>s, 1 to (n − 1)/2.</summary>
    public UInt256 S { get; }

    /// <summary>Parity of the y coordinate of R: 0 or 1.</summary>
    public int YParity { get; }

    /// <summary>Checks the ranges of a signature (not the signature itself).</summary>
    /// <returns>The signature, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<EthereumSignature> Create(UInt256 r, UInt256 s, int yParity)
    {
        if (r.IsZero || r >= Order) return Malformed("r of the signature is not between 1 and the group order");
        if (s.IsZero || s >= Order) return Malformed("s of the signature is not between 1 and the group order");
        if (s > HalfOrder) return Malformed("s of the signature is above half the group order (EIP-2)");
        if (yParity is not (0 or 1)) return Malformed("the parity of the signature is neither 0 nor 1");
        return new EthereumSignature(r, s, yParity);
    }

    /// <summary>Writes r ‖ s, 64 bytes.</summary>
    public void WriteCompact(Span<byte> destination)
    {
        R.WriteBigEndian(destination);
        S.WriteBigEndian(destination[UInt256.Size..]);
    }

    private static Refusal Malformed(string what) => new(RefusalCode.InputMalformed, what);

    private static UInt256 FromHex(string digits) => UInt256.FromBigEndian(Convert.FromHexString(digits));
}
