using System.Diagnostics;
using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols;

/// <summary>One party's share of one version of a key, and the key's public side.</summary>
[DebuggerDisplay("KeyShare(redacted)")]
public sealed class KeyShare : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretScalar _secret;

    private KeyShare(PartyIndex index, SharedKey key, SecretScalar secret) => (Index, Key, _secret) = (index, key, secret);

    /// <summary>Whose share.</summary>
    public PartyIndex Index { get; }

    /// <summary>The public side.</summary>
    public SharedKey Key { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal SecretScalar Secret => _secret;

    /// <summary>Makes a share of its parts; the secret belongs to it from now on (and is disposed of if it is refused).</summary>
    /// <returns>The share, or <see cref="RefusalCode.StoreTampered"/>: the secret is not this index's share of this version.</returns>
    public static Outcome<KeyShare> Of(PartyIndex index, SharedKey key, SecretScalar secret)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(secret);
        if (key.Parameters.Has(index) && secret.TimesGenerator().Equals(key.PublicShare(index))) return new KeyShare(index, key, secret);
        secret.Dispose();
        return new Refusal(RefusalCode.StoreTampered, $"the secret is not share {index} of version {key.Version} of its key");
    }

    /// <summary>Makes a share of what was sealed, such as <see cref="ToSecret"/> gave.</summary>
    public static Outcome<KeyShare> Of(PartyIndex index, SharedKey key, SecretBytes secret)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Group.DecodeSecret(secret).Then(scalar => Of(index, key, scalar));
    }

    /// <summary>The secret, for sealing: 32 bytes; the caller disposes of it.</summary>
    public SecretBytes ToSecret() => _secret.ToSecret();

    /// <summary>A second copy with a life of its own.</summary>
    public KeyShare Clone() => new(Index, Key, _secret.Clone());

    /// <summary>Wipes the secret.</summary>
    public void Dispose() => _secret.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "KeyShare(redacted)";
}
