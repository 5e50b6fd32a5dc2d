namespace VaultGrid.Model;

/// <summary>The bytes that an approval signs: <c>"VaultGrid/v1/approve" ‖ 0x00 ‖ SHA-256(request)</c>. Plain OpenSSL can build and sign them.</summary>
public static class ApprovalStatement
{
    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/approve\0"u8;

    /// <summary>Builds the statement for a request's hash.</summary>
    public static byte[] For(Hash256 request)
    {
        var bytes = new byte[Tag.Length + Hash256.Length];
        Tag.CopyTo(bytes);
        request.CopyTo(bytes.AsSpan(Tag.Length));
        return bytes;
    }
}
