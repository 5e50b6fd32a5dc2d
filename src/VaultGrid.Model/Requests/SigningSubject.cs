namespace VaultGrid.Model;

/// <summary>What a key is asked to sign.</summary>
public abstract record SigningSubject
{
    private SigningSubject() { }

    /// <summary>A digest (32 bytes) that the enclave can't look into; only for keys whose policy allows raw digests.</summary>
    public sealed record Digest(Hash256 Value) : SigningSubject;

    /// <summary>An unsigned Ethereum transaction in its RLP or typed form; enclave and approvers decode it themselves.</summary>
    public sealed record EthereumTransaction(ReadOnlyMemory<byte> Unsigned) : SigningSubject
    {
        /// <inheritdoc/>
        public bool Equals(EthereumTransaction? other) => other is not null && PublicBytes.Equal(Unsigned.Span, other.Unsigned.Span);

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(Unsigned.Span);
            return hash.ToHashCode();
        }
    }
}
