namespace VaultGrid.Benchmarks;

/// <summary>What a software HSM takes for the same uses: one machine, one process, whole keys, no approvals.</summary>
internal static class SharedKeySoftHsmRows
{
    public const string Generation = "SoftHSM2 key pair on secp256k1";
    public const string Signature = "SoftHSM2 ECDSA signature on secp256k1";
    public const string Encryption = "SoftHSM2 AES-256-GCM encryption of 32 bytes";
    public const string Decryption = "SoftHSM2 AES-256-GCM decryption of 32 bytes";

    public static void Measure(Report report, Effort effort)
    {
        var directory = Directory.CreateTempSubdirectory("vg-softhsm-");
        try
        {
            using var token = SoftHsm.Open(directory.FullName);
            void Add(string name, Action operation) => report.Add(name, "ms", Rate.Of(effort, 1, () => operation).Inverse(1000));
            Add(Signature, token.Signing()());
            var (encrypt, decrypt) = token.Encrypting();
            Add(Encryption, encrypt);
            Add(Decryption, decrypt);

            // Last: a token that holds thousands of keys is slow.
            Add(Generation, token.Generating());
        }
        catch (DllNotFoundException)
        {
            Progress.Say("  SoftHSM2 is not installed (apt-get install softhsm2): its rows are left out");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
