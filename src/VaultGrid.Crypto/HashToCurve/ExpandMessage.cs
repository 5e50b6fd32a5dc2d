using System.Security.Cryptography;

namespace VaultGrid.Crypto.HashToCurve;

/// <summary>expand_message_xmd with SHA-256 (RFC 9380, 5.3.1): uniform bytes of a message and a domain separation tag.</summary>
public static class ExpandMessage
{
    private const int BlockLength = 64;

    /// <summary>Expands a message.</summary>
    /// <param name="message">Any length.</param>
    /// <param name="tag">The domain separation tag, at least one byte; longer than 255 bytes it is hashed first (5.3.3).</param>
    /// <param name="uniform">Filled: 1 to 8160 bytes.</param>
    public static void Xmd(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag, Span<byte> uniform)
    {
        // 1.–2. "ell = ceil(len_in_bytes / b_in_bytes); ABORT if ell > 255 or len_in_bytes > 65535 or len(DST) > 255"
        ArgumentOutOfRangeException.ThrowIfZero(uniform.Length, nameof(uniform));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(uniform.Length, 255 * SHA256.HashSizeInBytes, nameof(uniform));
        if (tag.IsEmpty) throw new ArgumentException("A domain separation tag must not be empty (RFC 9380, 3.1).", nameof(tag));
        if (tag.Length > 255)
        {
            Span<byte> hashed = stackalloc byte[SHA256.HashSizeInBytes];
            using var oversize = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            oversize.AppendData("H2C-OVERSIZE-DST-"u8);
            oversize.AppendData(tag);
            oversize.GetHashAndReset(hashed);
            Xmd(message, hashed, uniform);
            return;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ReadOnlySpan<byte> tagLength = [(byte)tag.Length];

        // 7. "b_0 = H(Z_pad || msg || l_i_b_str || I2OSP(0, 1) || DST_prime)"
        Span<byte> b0 = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> zeroPad = stackalloc byte[BlockLength];
        zeroPad.Clear();
        hash.AppendData(zeroPad);
        hash.AppendData(message);
        hash.AppendData([(byte)(uniform.Length >> 8), (byte)uniform.Length, 0]);
        hash.AppendData(tag);
        hash.AppendData(tagLength);
        hash.GetHashAndReset(b0);

        // 8.–11. "b_i = H(strxor(b_0, b_(i - 1)) || I2OSP(i, 1) || DST_prime)", with zeros for b_(i - 1) at first
        Span<byte> block = stackalloc byte[SHA256.HashSizeInBytes];
        block.Clear();
        for (var i = 1; !uniform.IsEmpty; i++)
        {
            for (var j = 0; j < block.Length; j++) block[j] ^= b0[j];
            hash.AppendData(block);
            hash.AppendData([(byte)i]);
            hash.AppendData(tag);
            hash.AppendData(tagLength);
            hash.GetHashAndReset(block);
            var count = Math.Min(block.Length, uniform.Length);
            block[..count].CopyTo(uniform);
            uniform = uniform[count..];
        }

        b0.Clear();
        block.Clear();
    }
}
