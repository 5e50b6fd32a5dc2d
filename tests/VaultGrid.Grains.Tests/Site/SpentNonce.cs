using System.Globalization;

namespace VaultGrid.Grains.Tests;

/// <summary>A line of an enclave's record of nonces.</summary>
/// <param name="Session">The session that it was spent in.</param>
/// <param name="Place">Whose it was: the participant's place.</param>
/// <param name="Nonce">The nonce times the generator, lower-case hex.</param>
/// <param name="Approval">What it was spent on; null where the session was still being prepared.</param>
internal sealed record SpentNonce(Hash256 Session, int Place, string Nonce, Hash256? Approval)
{
    public static SpentNonce Parse(string line) => line.Split(' ') is [var session, var place, var nonce, var approval]
        ? new SpentNonce(Hash256.Parse(session), int.Parse(place, CultureInfo.InvariantCulture), nonce, approval == "-" ? null : Hash256.Parse(approval))
        : throw new FormatException($"'{line}' is no line of a record of nonces.");
}
