namespace VaultGrid.Enclave.Tests;

/// <summary>Compares what enclaves say of themselves; the time may differ, and how many sessions have not run out by then.</summary>
internal static class Statuses
{
    public static void Same(EnclaveStatus expected, EnclaveStatus actual) => Assert.Equal(Bytes(expected), Bytes(actual));

    private static byte[] Bytes(EnclaveStatus status)
    {
        var writer = new WireWriter();
        (status with { Time = DateTimeOffset.UnixEpoch, Sessions = 0 }).Write(writer);
        return writer.ToArray();
    }
}
