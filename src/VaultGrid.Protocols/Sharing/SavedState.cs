namespace VaultGrid.Protocols;

/// <summary>A party's state between two steps, for sealing: the public part as it is, the secret part in locked memory.</summary>
public sealed class SavedState(byte[] publicPart, SecretBytes secretPart) : IDisposable
{
    /// <summary>Not secret, but not to be changed either: the seal covers it.</summary>
    public ReadOnlyMemory<byte> PublicPart { get; } = publicPart;

    /// <summary>Secret; belongs to this state.</summary>
    public SecretBytes SecretPart { get; } = secretPart;

    /// <summary>Wipes the secret part.</summary>
    public void Dispose() => SecretPart.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SavedState(redacted)";
}
