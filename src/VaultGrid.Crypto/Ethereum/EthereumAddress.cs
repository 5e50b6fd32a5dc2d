using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Ethereum;

/// <summary>An account or contract of Ethereum: the last 20 bytes of a Keccak-256. Written with the checksum of EIP-55.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct EthereumAddress
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 20;

    private const int TextLength = 2 + (2 * Size);

    // Five words of four bytes, in the order of the bytes; only AsSpan gives them meaning.
    private readonly uint _a;
    private readonly uint _b;
    private readonly uint _c;
    private readonly uint _d;
    private readonly uint _e;

    /// <summary>Holds the bytes of an address.</summary>
    /// <param name="bytes">Exactly 20 bytes.</param>
    public EthereumAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException($"An Ethereum address has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        var words = MemoryMarshal.Cast<byte, uint>(bytes);
        (_a, _b, _c, _d, _e) = (words[0], words[1], words[2], words[3], words[4]);
    }

    /// <summary>True for the address of 20 zero bytes, whose key nobody has: what goes there is gone.</summary>
    public bool IsZero => this == default;

    /// <summary>The address of a key: the last 20 bytes of Keccak-256 over x ‖ y (yellow paper, appendix F).</summary>
    public static EthereumAddress Of(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> digest = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(key.ToUncompressed().AsSpan(1), digest);
        return new EthereumAddress(digest[^Size..]);
    }

    /// <summary>
    /// Reads <c>0x</c> and 40 hex digits. Either the case of every letter is that of the EIP-55 checksum, or there are no capitals at all
    /// (no checksum was made); anything else was mistyped or altered.
    /// </summary>
    /// <returns>The address, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<EthereumAddress> Parse(string? text)
    {
        if (text is null || text.Length != TextLength || !text.StartsWith("0x", StringComparison.Ordinal))
            return Malformed("an Ethereum address is 0x and 40 hex digits");

        var lower = text.ToLowerInvariant();
        Span<byte> bytes = stackalloc byte[Size];
        if (!Hex.TryDecode(lower, bytes)) return Malformed("an Ethereum address is 0x and 40 hex digits");

        var address = new EthereumAddress(bytes);
        return text == lower || text == address.ToString()
            ? address
            : Malformed("the checksum of the Ethereum address is wrong (EIP-55: the case of its letters); check every character");
    }

    /// <summary>The bytes in place; the span lives as long as this value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> AsSpan() => MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in _a, Size / sizeof(uint)));

    /// <summary>The 20 bytes in a new array.</summary>
    public byte[] ToArray() => AsSpan().ToArray();

    /// <summary><c>0x</c> and 40 hex digits with the checksum of EIP-55.</summary>
    public override string ToString()
    {
        Span<char> digits = stackalloc char[2 * Size];
        Span<byte> ascii = stackalloc byte[2 * Size];
        Convert.TryToHexStringLower(AsSpan(), digits, out _);
        for (var i = 0; i < digits.Length; i++) ascii[i] = (byte)digits[i];

        // A letter is a capital where the hash of the lower-case text has a high bit in the same hex digit.
        Span<byte> checksum = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(ascii, checksum);
        for (var i = 0; i < digits.Length; i++)
        {
            var nibble = i % 2 == 0 ? checksum[i / 2] >> 4 : checksum[i / 2] & 0x0F;
            if (nibble >= 8) digits[i] = char.ToUpperInvariant(digits[i]);
        }

        return $"0x{digits}";
    }

    private static Refusal Malformed(string what) => new(RefusalCode.InputMalformed, what);
}
