namespace VaultGrid.Enclave;

/// <summary>A version guard in a small file, meant for another volume than the store's: who rolls back one of them is noticed, who rolls back both isn't.</summary>
/// <remarks><c>"VGGUARD1" ‖ version (8) ‖ SHA-256 of both</c>: 48 bytes.</remarks>
internal sealed class FileVersionGuard(string path) : IVersionGuard
{
    private const int Size = 48;

    private static ReadOnlySpan<byte> Magic => "VGGUARD1"u8;

    /// <inheritdoc/>
    public Outcome<ulong> Read(out bool exists)
    {
        exists = File.Exists(path);
        if (!exists) return 0UL;

        var bytes = File.ReadAllBytes(path);
        if (bytes.Length != Size) return Damaged();
        var reader = new WireReader(bytes);
        reader.Tag(Magic);
        var (version, checksum) = (reader.U64(), reader.Hash());
        return reader.End("the version guard", out _) && checksum == Hash256.Sha256(bytes.AsSpan(0, Size - Hash256.Length)) ? version : Damaged();
    }

    /// <inheritdoc/>
    public void Raise(ulong version)
    {
        var writer = new WireWriter().Fixed(Magic).U64(version);
        DurableFile.Replace(path, writer.Hash(Hash256.Sha256(writer.Written)).Written);
    }

    private Refusal Damaged() => new(RefusalCode.StoreTampered, $"the version guard {path} is damaged; bring it back, or have the node replaced");
}
