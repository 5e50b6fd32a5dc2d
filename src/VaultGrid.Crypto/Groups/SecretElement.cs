using System.Diagnostics;
using VaultGrid.Crypto.Native;

namespace VaultGrid.Crypto.Groups;

/// <summary>An element of ristretto255 that is itself a secret, such as the value of a pseudorandom function: in locked memory, encoded. Never the identity.</summary>
[DebuggerDisplay("SecretElement(redacted)")]
public sealed class SecretElement : IDisposable
{
    private const int Length = 32;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly SecretBytes _encoded;

    private SecretElement(SecretBytes encoded) => _encoded = encoded;

    /// <summary>A secret scalar times a public element, in constant time.</summary>
    /// <exception cref="NativeCallException">The scalar is 0, or the element the identity.</exception>
    public static SecretElement Of(GroupElement element, SecretScalar scalar)
    {
        ArgumentNullException.ThrowIfNull(element);
        ArgumentNullException.ThrowIfNull(scalar);
        PrimeGroup.Ristretto255.Require(element.Group);
        PrimeGroup.Ristretto255.Require(scalar.Group);
        return Multiply(element.Bytes, scalar.Bytes);
    }

    /// <summary>Reads an encoding, which belongs to the element from now on (and is disposed of if it is refused).</summary>
    /// <returns>The element, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<SecretElement> From(SecretBytes encoded)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        Sodium.Ready();
        if (encoded.Length == Length && Sodium.Ristretto255IsValidPoint(encoded.Span) == 1 && encoded.Span.ContainsAnyExcept((byte)0)) return new SecretElement(encoded);
        encoded.Dispose();
        return new Refusal(RefusalCode.InputMalformed, "this is not an element of ristretto255 other than the identity, of 32 bytes in its canonical form");
    }

    /// <summary>This times a public number other than 0.</summary>
    public SecretElement Multiply(PublicScalar scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        using var copy = SecretBytes.Take(scalar.Bytes.ToArray());
        var product = Multiply(_encoded.Span, copy);
        GC.KeepAlive(this);
        return product;
    }

    /// <summary>The sum.</summary>
    public SecretElement Add(SecretElement other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var sum = new SecretBytes(Length);
        var code = Sodium.Ristretto255Add(sum.Span, _encoded.Span, other._encoded.Span);
        NativeCallException.ThrowUnless(code == 0, code, "crypto_core_ristretto255_add");
        GC.KeepAlive(this);
        GC.KeepAlive(other);
        return new SecretElement(sum);
    }

    /// <summary>A public element less this, made public because a proof says that it may be: the commitment of a proof of equal logarithms.</summary>
    public GroupElement RevealDifference(GroupElement from)
    {
        ArgumentNullException.ThrowIfNull(from);
        PrimeGroup.Ristretto255.Require(from.Group);
        var difference = new byte[Length];
        var code = Sodium.Ristretto255Subtract(difference, from.IsIdentity ? new byte[Length] : from.Bytes, _encoded.Span);
        NativeCallException.ThrowUnless(code == 0, code, "crypto_core_ristretto255_sub");
        GC.KeepAlive(this);
        return PrimeGroup.Ristretto255.Decode(difference).Is(out var element, out _) ? element : PrimeGroup.Ristretto255.Identity;
    }

    /// <summary>The encoding, 32 bytes; the caller disposes of it.</summary>
    public SecretBytes ToSecret() => _encoded.Clone();

    /// <summary>Appends the encoding.</summary>
    public void WriteTo(SecretBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        buffer.Write(_encoded);
    }

    /// <summary>Wipes the element.</summary>
    public void Dispose() => _encoded.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SecretElement(redacted)";

    private static SecretElement Multiply(ReadOnlySpan<byte> point, SecretBytes scalar)
    {
        Sodium.Ready();
        var product = new SecretBytes(Length);
        var code = Sodium.Ristretto255Multiply(product.Span, scalar.Handle, point);
        NativeCallException.ThrowUnless(code == 0, code, "crypto_scalarmult_ristretto255");
        return new SecretElement(product);
    }
}
