using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace VaultGrid.Crypto;

/// <summary>
/// Statements that are signed or hashed: <c>"VaultGrid/v1/&lt;what&gt;" ‖ 0x00 ‖ body</c>. The tag keeps a statement of one kind
/// from ever being taken for another.
/// </summary>
public static class Tagged
{
    private static readonly SearchValues<char> Kinds = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private const string Prefix = "VaultGrid/v1/";

    /// <summary>The bytes to sign: tag, zero byte, body.</summary>
    /// <param name="what">The kind of statement, lower-case letters, digits and <c>-</c>, such as <c>approve</c>.</param>
    /// <param name="body">Its canonical encoding.</param>
    public static byte[] Statement(string what, ReadOnlySpan<byte> body)
    {
        var tag = Tag(what);
        return [.. tag, .. body];
    }

    /// <summary>SHA-256 over the statement.</summary>
    public static Hash256 Hash(string what, ReadOnlySpan<byte> body)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(Tag(what));
        sha.AppendData(body);
        Span<byte> hash = stackalloc byte[Hash256.Length];
        sha.GetHashAndReset(hash);
        return new Hash256(hash);
    }

    private static byte[] Tag(string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(what);
        if (what.AsSpan().ContainsAnyExcept(Kinds))
            throw new ArgumentException($"'{what}' is not a kind of statement.", nameof(what));
        return Encoding.ASCII.GetBytes($"{Prefix}{what}\0");
    }
}
