namespace VaultGrid.Enclave;

/// <summary>The secret of a B key: a BIP-32 root seed of 32 bytes.</summary>
internal static class RootSeed
{
    /// <summary>Bytes of a seed.</summary>
    public const int Length = 32;

    /// <summary>Draws a seed that leads to a root (one in 2^127 doesn't).</summary>
    public static (SecretBytes Seed, Hash256 Fingerprint) Generate()
    {
        while (true)
        {
            var seed = SecretBytes.Random(Length);
            if (Fingerprint(seed).Is(out var fingerprint, out _)) return (seed, fingerprint);
            seed.Dispose();
        }
    }

    /// <summary>The fingerprint of the root that a seed leads to.</summary>
    public static Outcome<Hash256> Fingerprint(SecretBytes seed)
    {
        if (seed.Length != Length) return new Refusal(RefusalCode.InputMalformed, $"a root seed has {Length} bytes");
        if (!ExtendedPrivateKey.FromSeed(seed).Is(out var root, out var refusal)) return refusal;
        using (root)
        {
            var wide = root.ToPublic();
            return BirthRecord.FingerprintOf(wide.PublicKey.Compressed, wide.ChainCode);
        }
    }
}
