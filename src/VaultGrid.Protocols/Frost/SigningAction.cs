namespace VaultGrid.Protocols.Frost;

/// <summary>What the coordinator wants done next.</summary>
public abstract record SigningAction
{
    private SigningAction()
    {
    }

    /// <summary>Ask this party for a fresh commitment to nonces (or take one of its pool).</summary>
    public sealed record AskForCommitment(PartyIndex Party) : SigningAction;

    /// <summary>Send this session's package to this signer, and ask for its share.</summary>
    public sealed record AskForShare(int Session, PartyIndex Party, SigningPackage Package) : SigningAction;

    /// <summary>The signature is there.</summary>
    public sealed record Finished(byte[] Signature) : SigningAction
    {
        /// <inheritdoc/>
        public bool Equals(Finished? other) => other is not null && PublicBytes.Equal(Signature, other.Signature);

        /// <inheritdoc/>
        public override int GetHashCode() => Signature.Length;
    }

    /// <summary>Fewer than f + 1 parties are left: their faults.</summary>
    public sealed record Impossible(IReadOnlyList<ProtocolFault> Faults) : SigningAction;
}
