using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>
/// Secret bytes in native memory that is locked, kept out of core dumps and wiped on dispose. There is no way to print,
/// compare or serialise it: the bytes leave only into a caller's buffer of exactly their length.
/// </summary>
/// <remarks>
/// Not protected: whoever reads this process's memory while it runs (SECURITY.md). Dispose is not to race with a use;
/// a forgotten secret is wiped by its finalizer.
/// </remarks>
[DebuggerDisplay("SecretBytes(redacted)")]
[DebuggerTypeProxy(typeof(RedactedView))]
public sealed class SecretBytes : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly LockedBlock _block;

    internal SecretBytes(int length) => _block = LockedArena.Rent(length);

    /// <summary>Length in bytes. A length is not secret.</summary>
    public int Length => _block.Length;

    /// <summary>The block, for imports that take it as a parameter.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal LockedBlock Handle => _block;

    /// <summary>
    /// The secret itself, for code that computes with it. Keep this object reachable past the last use of the span
    /// (<c>using</c>, or <see cref="GC.KeepAlive"/>), or its finalizer may wipe the bytes under it.
    /// </summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal Span<byte> Span => _block.Span;

    /// <summary>Moves bytes in and wipes where they came from.</summary>
    /// <param name="source">The secret, any length; zero afterwards, also when this throws.</param>
    /// <exception cref="LockedMemoryException">No locked memory is left.</exception>
    public static SecretBytes Take(Span<byte> source)
    {
        try
        {
            var secret = new SecretBytes(source.Length);
            source.CopyTo(secret.Span);
            return secret;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(source);
        }
    }

    /// <summary>Draws a secret from the operating system's generator.</summary>
    /// <param name="length">Bytes, at least 1.</param>
    public static SecretBytes Random(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        var secret = new SecretBytes(length);
        RandomNumberGenerator.Fill(secret.Span);
        return secret;
    }

    /// <summary>Draws a secret from a given generator: randomness as an argument, for pure code.</summary>
    /// <param name="length">Bytes, at least 1.</param>
    /// <param name="random">A cryptographic generator.</param>
    public static SecretBytes Random(int length, RandomNumberGenerator random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentNullException.ThrowIfNull(random);
        var secret = new SecretBytes(length);
        random.GetBytes(secret.Span);
        return secret;
    }

    /// <summary>Copies the secret out. Whoever owns the buffer wipes it.</summary>
    /// <exception cref="ArgumentException">The buffer's length is not exactly <see cref="Length"/>.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length != Length)
            throw new ArgumentException($"The buffer has {destination.Length} bytes, the secret {Length}.", nameof(destination));
        _block.Span.CopyTo(destination);
        GC.KeepAlive(this);
    }

    /// <summary>A second copy with a life of its own.</summary>
    public SecretBytes Clone() => Slice(0, Length);

    /// <summary>A copy of a part, in locked memory as well.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the secret.</exception>
    public SecretBytes Slice(int start, int length)
    {
        var part = _block.Span.Slice(start, length);
        var copy = new SecretBytes(length);
        part.CopyTo(copy.Span);
        GC.KeepAlive(this);
        return copy;
    }

    /// <summary>Wipes the bytes and gives the memory back. Repeating it does nothing.</summary>
    public void Dispose() => _block.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SecretBytes(redacted)";

    private sealed class RedactedView(SecretBytes secret)
    {
        public int Length { get; } = secret.Length;
    }
}
