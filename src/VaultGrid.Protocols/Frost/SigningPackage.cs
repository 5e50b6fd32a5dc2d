using VaultGrid.Crypto.Groups;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Frost;

/// <summary>What every signer of a session gets: the message and one commitment of each signer, ascending.</summary>
public sealed record SigningPackage
{
    private const int MaximumMessage = 1 << 20;

    private SigningPackage(byte[] message, IReadOnlyList<NonceCommitment> commitments) => (Message, Commitments) = (message, commitments);

    /// <summary>What is signed.</summary>
    public ReadOnlyMemory<byte> Message { get; }

    /// <summary>The signers' commitments.</summary>
    public IReadOnlyList<NonceCommitment> Commitments { get; }

    /// <summary>The signers.</summary>
    public IReadOnlyList<PartyIndex> Signers => [.. Commitments.Select(c => c.Party)];

    /// <summary>Puts a package together. Verified by every signer.</summary>
    public static SigningPackage Of(ReadOnlySpan<byte> message, IEnumerable<NonceCommitment> commitments) =>
        new(message.ToArray(), [.. commitments.OrderBy(c => c.Party)]);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outcome<SigningPackage> Parse(PrimeGroup group, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(group);
        var reader = new CanonicalReader(bytes);
        var package = new SigningPackage(reader.Bytes(MaximumMessage), reader.List((ref CanonicalReader r) => NonceCommitment.Read(ref r, group)));
        return reader.Ended ? package : new Refusal(RefusalCode.InputMalformed, "this is not a signing package");
    }

    /// <summary>Message, commitments.</summary>
    public byte[] ToBytes() => new CanonicalWriter().Bytes(Message.Span).List(Commitments, NonceCommitment.Write).ToArray();

    /// <summary>Checks signers for a key: f + 1 to n of its holders, each once.</summary>
    internal Refusal? Check(SharedKey key)
    {
        var parameters = key.Parameters;
        if (Commitments.Count < parameters.Signers || Commitments.Count > parameters.Parties)
            return new Refusal(RefusalCode.InputMalformed, $"a signing session has {parameters.Signers} to {parameters.Parties} signers, not {Commitments.Count}");
        for (var i = 0; i < Commitments.Count; i++)
        {
            if (!parameters.Has(Commitments[i].Party) || (i > 0 && Commitments[i - 1].Party >= Commitments[i].Party))
                return new Refusal(RefusalCode.InputMalformed, "a signing package names holders of the key once each, ascending");
            if (Commitments[i].Hiding.IsIdentity || Commitments[i].Binding.IsIdentity || Commitments[i].Hiding.Group != key.Group)
                return new Refusal(RefusalCode.InputMalformed, "a commitment to nonces is not two elements of the key's group other than the identity");
        }
        return null;
    }
}
