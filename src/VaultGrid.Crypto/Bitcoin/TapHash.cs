using System.Security.Cryptography;

namespace VaultGrid.Crypto.Bitcoin;

/// <summary>The tagged hashes of taproot (BIP-340: SHA-256 over SHA-256(tag) twice and the message; BIP-341 has the messages).</summary>
public static class TapHash
{
    /// <summary>The leaf version of tapscript (BIP-342).</summary>
    public const byte Tapscript = 0xC0;

    /// <summary>The tweak of an internal key without scripts.</summary>
    public static Hash256 Tweak(XOnlyPublicKey internalKey)
    {
        ArgumentNullException.ThrowIfNull(internalKey);
        return Tagged("TapTweak"u8, internalKey.Bytes);
    }

    /// <summary>The tweak of an internal key with a script tree.</summary>
    public static Hash256 Tweak(XOnlyPublicKey internalKey, Hash256 merkleRoot)
    {
        ArgumentNullException.ThrowIfNull(internalKey);
        return Tagged("TapTweak"u8, [.. internalKey.Bytes, .. merkleRoot.AsSpan()]);
    }

    /// <summary>The hash of one script: leaf version, length as CompactSize, script.</summary>
    /// <param name="script">The script, any length below 2^16.</param>
    /// <param name="version">Even leaf version.</param>
    /// <exception cref="ArgumentException">The script is longer, or the version odd.</exception>
    public static Hash256 Leaf(ReadOnlySpan<byte> script, byte version = Tapscript)
    {
        if (version % 2 != 0) throw new ArgumentException("A leaf version is even.", nameof(version));
        return script.Length switch
        {
            < 0xFD => Tagged("TapLeaf"u8, [version, (byte)script.Length, .. script]),
            <= ushort.MaxValue => Tagged("TapLeaf"u8, [version, 0xFD, (byte)script.Length, (byte)(script.Length >> 8), .. script]),
            _ => throw new ArgumentException("Scripts of 2^16 bytes or more are not supported.", nameof(script)),
        };
    }

    /// <summary>The hash of two branches, the smaller first, so that their order plays no part.</summary>
    public static Hash256 Branch(Hash256 one, Hash256 other) => one.AsSpan().SequenceCompareTo(other.AsSpan()) <= 0
        ? Tagged("TapBranch"u8, [.. one.AsSpan(), .. other.AsSpan()])
        : Tagged("TapBranch"u8, [.. other.AsSpan(), .. one.AsSpan()]);

    private static Hash256 Tagged(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[Hash256.Length];
        SHA256.HashData(tag, hash);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(hash);
        sha.AppendData(hash);
        sha.AppendData(message);
        sha.GetHashAndReset(hash);
        return new Hash256(hash);
    }
}
