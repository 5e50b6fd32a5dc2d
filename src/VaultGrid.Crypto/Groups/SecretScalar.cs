using System.Diagnostics;
using System.Security.Cryptography;

namespace VaultGrid.Crypto.Groups;

/// <summary>
/// A secret number modulo a group's order, in locked memory. Every operation makes a new one, which its caller disposes of, in time that does
/// not depend on the numbers.
/// </summary>
[DebuggerDisplay("SecretScalar(redacted)")]
public sealed class SecretScalar : IDisposable
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretBytes _bytes;

    internal SecretScalar(PrimeGroup group, SecretBytes bytes) => (Group, _bytes) = (group, bytes);

    /// <summary>The group whose order this is modulo.</summary>
    public PrimeGroup Group { get; }

    /// <summary>The canonical encoding, 32 bytes in the group's byte order; belongs to this scalar.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal SecretBytes Bytes => _bytes;

    /// <summary>this + other.</summary>
    public SecretScalar Add(SecretScalar other) => Apply(other, Group.Field.Add);

    /// <summary>this + other.</summary>
    public SecretScalar Add(PublicScalar other) => Apply(other, Group.Field.Add);

    /// <summary>this · other.</summary>
    public SecretScalar Multiply(SecretScalar other) => Apply(other, Group.Field.Multiply);

    /// <summary>this · other.</summary>
    public SecretScalar Multiply(PublicScalar other) => Apply(other, Group.Field.Multiply);

    /// <summary>−this.</summary>
    public SecretScalar Negate()
    {
        var result = new SecretBytes(ScalarField.Length);
        Group.Field.Subtract(result.Span, Group.Zero.Bytes, _bytes.Span);
        GC.KeepAlive(this);
        return new SecretScalar(Group, result);
    }

    /// <summary>The inverse; 0 for 0.</summary>
    public SecretScalar Invert()
    {
        var result = new SecretBytes(ScalarField.Length);
        Group.Field.Invert(result.Span, _bytes.Span);
        GC.KeepAlive(this);
        return new SecretScalar(Group, result);
    }

    /// <summary>True for 0, in constant time. The answer is public from here on.</summary>
    public bool IsZero()
    {
        var zero = CryptographicOperations.FixedTimeEquals(_bytes.Span, Group.Zero.Bytes);
        GC.KeepAlive(this);
        return zero;
    }

    /// <summary>This times the generator, in constant time.</summary>
    public GroupElement TimesGenerator() => Group.Generator.Multiply(this);

    /// <summary>Makes the number public, because the protocol sends it: a signature share, a response of a proof.</summary>
    public PublicScalar Reveal()
    {
        var bytes = new byte[ScalarField.Length];
        _bytes.CopyTo(bytes);
        return new PublicScalar(Group, bytes);
    }

    /// <summary>The canonical encoding, for sealing; the caller disposes of it.</summary>
    public SecretBytes ToSecret() => _bytes.Clone();

    /// <summary>A second copy with a life of its own.</summary>
    public SecretScalar Clone() => new(Group, _bytes.Clone());

    /// <summary>Appends the canonical encoding.</summary>
    public void WriteTo(SecretBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        buffer.Write(_bytes);
    }

    /// <summary>Wipes the number.</summary>
    public void Dispose() => _bytes.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SecretScalar(redacted)";

    private delegate void Operation(Span<byte> result, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    private SecretScalar Apply(SecretScalar other, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(other);
        Group.Require(other.Group);
        var result = Apply(other._bytes.Span, operation);
        GC.KeepAlive(other);
        return result;
    }

    private SecretScalar Apply(PublicScalar other, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(other);
        Group.Require(other.Group);
        return Apply(other.Bytes, operation);
    }

    private SecretScalar Apply(ReadOnlySpan<byte> other, Operation operation)
    {
        var result = new SecretBytes(ScalarField.Length);
        operation(result.Span, _bytes.Span, other);
        GC.KeepAlive(this);
        return new SecretScalar(Group, result);
    }
}
