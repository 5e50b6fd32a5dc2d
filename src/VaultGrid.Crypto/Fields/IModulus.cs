namespace VaultGrid.Crypto.Fields;

/// <summary>An odd prime below 2^256, with what multiplication modulo it needs. All of it are constants the compiler sees through.</summary>
internal interface IModulus
{
    /// <summary>The prime in digits of 56 bits, the least first.</summary>
    static abstract (ulong D0, ulong D1, ulong D2, ulong D3, ulong D4) Digits { get; }

    /// <summary>-1/m mod 2^56.</summary>
    static abstract ulong NegativeInverse { get; }

    /// <summary>The prime, 32 bytes, big-endian.</summary>
    static abstract ReadOnlySpan<byte> BigEndian { get; }
}
