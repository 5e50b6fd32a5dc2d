using System.Runtime.CompilerServices;

namespace VaultGrid.Crypto;

/// <summary>A native function reported a failure that correct arguments exclude: a bug or a broken library, never bad input.</summary>
public sealed class NativeCallException : Exception
{
    internal NativeCallException(string function, long code)
        : base($"{function} failed with return code {code}.")
    {
    }

    /// <summary>Throws unless a C function answered as it must.</summary>
    internal static void ThrowUnless(bool went, long code, [CallerArgumentExpression(nameof(went))] string? call = null)
    {
        if (!went) throw new NativeCallException(call ?? "a native call", code);
    }
}
