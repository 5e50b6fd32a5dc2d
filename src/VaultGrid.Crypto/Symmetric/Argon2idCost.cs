namespace VaultGrid.Crypto;

/// <summary>What one Argon2id derivation costs (RFC 9106); one lane, as libsodium computes it. Stored beside what it protects.</summary>
public sealed record Argon2idCost
{
    /// <summary>The least and the most memory, in KiB: 8 MiB and 4 GiB.</summary>
    public const int MinimumMemoryKiB = 8 * 1024, MaximumMemoryKiB = 4 * 1024 * 1024;

    /// <summary>The least and the most passes.</summary>
    public const int MinimumPasses = 1, MaximumPasses = 64;

    /// <summary>Checks the bounds: a cost read from a file may neither be a joke nor stop the process.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of bounds.</exception>
    public Argon2idCost(int memoryKiB, int passes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(memoryKiB, MinimumMemoryKiB);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(memoryKiB, MaximumMemoryKiB);
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, MinimumPasses);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passes, MaximumPasses);
        (MemoryKiB, Passes) = (memoryKiB, passes);
    }

    /// <summary>256 MiB and 3 passes: about half a second of one core.</summary>
    public static Argon2idCost Default { get; } = new(256 * 1024, 3);

    /// <summary>The least that is accepted: 8 MiB and 1 pass, for tests.</summary>
    public static Argon2idCost UnsafeFast { get; } = new(MinimumMemoryKiB, MinimumPasses);

    /// <summary>Memory in KiB.</summary>
    public int MemoryKiB { get; }

    /// <summary>Passes over the memory.</summary>
    public int Passes { get; }

    /// <summary>Reads a stored cost.</summary>
    /// <returns>The cost, or <see cref="RefusalCode.InputUnsupported"/> if it is out of bounds.</returns>
    public static Outcome<Argon2idCost> Parse(int memoryKiB, int passes) =>
        memoryKiB is >= MinimumMemoryKiB and <= MaximumMemoryKiB && passes is >= MinimumPasses and <= MaximumPasses
            ? new Argon2idCost(memoryKiB, passes)
            : new Refusal(RefusalCode.InputUnsupported, "the cost of the passphrase's derivation is out of bounds");
}
