namespace VaultGrid.Enclave;

/// <summary>A function of a PKCS#11 module answered something else than CKR_OK. Says which, never with what.</summary>
internal sealed class CryptokiException(nuint returned, string function) : IOException($"PKCS#11 {function}: {Cryptoki.Explain(returned)}")
{
    /// <summary>The CK_RV.</summary>
    public nuint Returned => returned;
}
