namespace VaultGrid.Benchmarks;

/// <summary>A software HSM behind its standard interface: no approvals, no derivation, no process between.</summary>
internal static class SoftHsmRows
{
    private const string One = "SoftHSM2 secp256k1 signature over PKCS#11, 1 caller";

    public static void Measure(Report report, Effort effort)
    {
        var directory = Directory.CreateTempSubdirectory("vg-softhsm-");
        try
        {
            using var token = SoftHsm.Open(directory.FullName);
            var signing = token.Signing();
            report.Add(One, "1/s", Rate.Of(effort, 1, signing), RawRows.SignOne);
            report.Add("SoftHSM2 secp256k1 signature over PKCS#11, 2 callers", "1/s", Rate.Of(effort, 2, signing), One);
        }
        catch (DllNotFoundException)
        {
            throw new BenchmarkException("SoftHSM2 is not installed: apt-get install softhsm2, or leave the group out with --only");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
