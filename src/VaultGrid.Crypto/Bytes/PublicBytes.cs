namespace VaultGrid.Crypto;

/// <summary>Comparison of values that anybody may know: hashes, public keys, certificates.</summary>
public static class PublicBytes
{
    /// <summary>True if both hold the same bytes. Takes longer the more they agree, so never for secrets or authenticators.</summary>
    public static bool Equal(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
#pragma warning disable RS0030 // the one place where a variable-time comparison is what the name says
        left.SequenceEqual(right);
#pragma warning restore RS0030
}
