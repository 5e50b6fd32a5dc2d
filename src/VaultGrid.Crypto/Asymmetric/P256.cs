using System.Security.Cryptography;

namespace VaultGrid.Crypto;

/// <summary>What the two kinds of P-256 private keys share: the way in and out of the platform's key objects.</summary>
internal static class P256
{
    public const int ScalarLength = 32;

    public static readonly Refusal NotAScalar = new(RefusalCode.InputMalformed, "a P-256 private key has 32 bytes, from 1 to the group order less 1");

    // The platform takes private keys as arrays: this one is pinned, so the collector leaves no copies behind, and is wiped at once.
    public static bool TryImport(SecretBytes scalar, Func<ECParameters, bool> import)
    {
        if (scalar.Length != ScalarLength) return false;
        var d = GC.AllocateUninitializedArray<byte>(ScalarLength, pinned: true);
        try
        {
            scalar.CopyTo(d);
            return import(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d });
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(d);
        }
    }

    public static SecretBytes Scalar(ECParameters parameters) => SecretBytes.Take(parameters.D);
}
