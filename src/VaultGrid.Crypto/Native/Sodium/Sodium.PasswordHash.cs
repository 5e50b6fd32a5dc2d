using System.Runtime.InteropServices;

namespace VaultGrid.Crypto.Native;

internal static partial class Sodium
{
    /// <summary>crypto_pwhash_argon2id_ALG_ARGON2ID13.</summary>
    public const int Argon2Id13 = 2;

    // int crypto_pwhash(unsigned char * const out, unsigned long long outlen, const char * const passwd, unsigned long long passwdlen,
    //     const unsigned char * const salt, unsigned long long opslimit, size_t memlimit, int alg); 0 = done, -1 = refused or out of memory
    [LibraryImport(Library, EntryPoint = "crypto_pwhash")]
    internal static partial int PasswordHash(
        LockedBlock output, ulong outputLength, LockedBlock password, ulong passwordLength, ReadOnlySpan<byte> salt16, ulong operations, nuint memoryBytes, int algorithm);
}
