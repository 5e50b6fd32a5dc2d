using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace VaultGrid.Crypto.Bls12381;

/// <summary>What a computation with secrets leaves on the stack below its caller.</summary>
internal static class StackResidue
{
    // The deepest chain of frames below a multiplication: tables of 64 points of 336 bytes, and a dozen frames of temporaries.
    private const int Depth = 48 * 1024;

    /// <summary>Overwrites the stack below the caller. Copies in registers, and frames that the runtime moved elsewhere, are out of reach (SECURITY.md).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public static void Wipe()
    {
        Span<byte> below = stackalloc byte[Depth];
        CryptographicOperations.ZeroMemory(below);
    }
}
