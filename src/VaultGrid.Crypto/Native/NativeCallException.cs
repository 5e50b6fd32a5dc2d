namespace VaultGrid.Crypto;

/// <summary>A native function reported a failure that correct arguments exclude: a bug or a broken library, never bad input.</summary>
public sealed class NativeCallException : Exception
{
    internal NativeCallException(string function, long code)
        : base($"{function} failed with return code {code}.")
    {
    }

    /// <summary>Throws unless a C function answered as it must.</summary>
    internal static void ThrowUnless(bool went, long code, string function)
    {
        if (!went) throw new NativeCallException(function, code);
    }
}
