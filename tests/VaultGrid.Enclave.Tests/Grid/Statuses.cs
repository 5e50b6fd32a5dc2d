namespace VaultGrid.Enclave.Tests;

/// <summary>Compares what enclaves say of themselves; the time alone may differ.</summary>
internal static class Statuses
{
    public static void Same(EnclaveStatus expected, EnclaveStatus actual) => Assert.Equal(Bytes(expected), Bytes(actual));

    private static byte[] Bytes(EnclaveStatus status)
    {
        var writer = new WireWriter();
        (status with { Time = DateTimeOffset.UnixEpoch }).Write(writer);
        return writer.ToArray();
    }
}
