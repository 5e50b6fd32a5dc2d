using System.Diagnostics;
using System.Security.Cryptography;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.Frost;

/// <summary>A pair of nonces, for one signature share. Lives in memory only: there is no way to save it, and whoever uses it takes it.</summary>
[DebuggerDisplay("SigningNonces(redacted)")]
internal sealed class SigningNonces : IDisposable
{
    private SigningNonces(PartyIndex party, SecretScalar hiding, SecretScalar binding)
    {
        (Hiding, Binding) = (hiding, binding);
        Commitment = new NonceCommitment(party, hiding.TimesGenerator(), binding.TimesGenerator());
    }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public SecretScalar Hiding { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public SecretScalar Binding { get; }

    public NonceCommitment Commitment { get; }

    /// <summary>commit (RFC 9591, section 5.1).</summary>
    public static SigningNonces Generate(FrostSuite suite, KeyShare share)
    {
        Span<byte> random = stackalloc byte[64];
        try
        {
            RandomNumberGenerator.Fill(random);
            return Generate(suite, share, random);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(random);
        }
    }

    /// <summary>The same from given randomness, 2 · 32 bytes: for test vectors.</summary>
    internal static SigningNonces Generate(FrostSuite suite, KeyShare share, ReadOnlySpan<byte> random64) =>
        new(share.Index, suite.GenerateNonce(share.Secret, random64[..32]), suite.GenerateNonce(share.Secret, random64[32..]));

    public void Dispose()
    {
        Hiding.Dispose();
        Binding.Dispose();
    }

    public override string ToString() => "SigningNonces(redacted)";
}
