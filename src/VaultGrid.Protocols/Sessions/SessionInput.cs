using System.Security.Cryptography;
using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Sessions;

/// <summary>What a party is given for one step.</summary>
/// <param name="Round">The round that the messages are of.</param>
/// <param name="Messages">Opened and verified messages of that round; none where the step is started by an approval alone.</param>
/// <param name="Approved">What may be signed, where this step is the first to need it.</param>
/// <param name="Random">A cryptographic generator.</param>
public sealed record SessionInput(byte Round, IReadOnlyList<RoundMessage> Messages, ApprovedMessage? Approved, RandomNumberGenerator Random)
{
    /// <summary>Told of nonces that this step spends; null in service.</summary>
    public INonceWitness? Witness { get; init; }

    /// <summary>One message, nothing else.</summary>
    public static SessionInput Of(RoundMessage message, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message.Round, [message], null, random);
    }

    /// <summary>Equal for the same messages, in any order, and the same approval.</summary>
    internal Hash256 Hash
    {
        get
        {
            var writer = new CanonicalWriter().Byte(Round).UInt32((uint)Messages.Count);
            foreach (var message in Messages.OrderBy(m => m.Sender)) writer.Hash(message.Hash);
            if (Approved is not null) writer.Hash(Approved.Hash);
            return Hash256.Of("session-input", writer.ToArray());
        }
    }
}
