namespace VaultGrid.Protocols.Sessions;

/// <summary>What a session is held for. A closed list.</summary>
public abstract record SessionSubject
{
    /// <summary>The most bytes that an audit signs: too few for a digest of anything else.</summary>
    public const int MaximumAuditLength = 8;

    private SessionSubject()
    {
    }

    /// <summary>What every participant's approval must be for; null where the session is prepared for a request that is not known yet.</summary>
    public abstract Hash256? Approval { get; }

    /// <summary>One request.</summary>
    /// <param name="Hash">SHA-256 of its bytes.</param>
    public sealed record Request(Hash256 Hash) : SessionSubject
    {
        /// <inheritdoc/>
        public override Hash256? Approval => Hash;
    }

    /// <summary>Some request later: everything up to the point where the message is needed.</summary>
    public sealed record Presign : SessionSubject
    {
        /// <inheritdoc/>
        public override Hash256? Approval => null;
    }

    /// <summary>An audit of the shares.</summary>
    public sealed record Audit : SessionSubject
    {
        private readonly byte[] _bytes;

        /// <param name="bytes">At most 8.</param>
        public Audit(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length > MaximumAuditLength) throw new ArgumentException($"An audit signs at most {MaximumAuditLength} bytes.", nameof(bytes));
            _bytes = bytes.ToArray();
        }

        /// <summary>What is signed, under a tag of its own.</summary>
        public ReadOnlySpan<byte> Bytes => _bytes;

        /// <inheritdoc/>
        public override Hash256? Approval => Hash256.Of("session-audit", _bytes);

        /// <inheritdoc/>
        public bool Equals(Audit? other) => other is not null && PublicBytes.Equal(_bytes, other._bytes);

        /// <inheritdoc/>
        public override int GetHashCode() => Approval.GetHashCode();
    }
}
