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

    /// <summary>A message of at most <see cref="Limit"/> bytes, for schemes that hash by themselves.</summary>
    /// <param name="Algorithm">One of those schemes.</param>
    /// <param name="Bytes">The message; for a taproot spend the 32 bytes of BIP-341's signature hash.</param>
    /// <param name="Tweak">Which key of a taproot key signs; null for every other scheme.</param>
    public sealed record Message(SigningAlgorithm Algorithm, ReadOnlyMemory<byte> Bytes, TaprootTweak? Tweak) : SigningSubject
    {
        /// <summary>The longest message, in bytes.</summary>
        public const int Limit = 16 * 1024;

        /// <inheritdoc/>
        public bool Equals(Message? other) =>
            other is not null && Algorithm == other.Algorithm && Tweak == other.Tweak && PublicBytes.Equal(Bytes.Span, other.Bytes.Span);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Algorithm, Tweak, Bytes.Length);
    }
}
