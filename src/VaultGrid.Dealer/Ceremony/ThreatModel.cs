namespace VaultGrid.Dealing;

/// <summary>What the scheme protects against and what not (protocols.md, section 4), for whoever deals or approves a key.</summary>
public static class ThreatModel
{
    /// <summary>The sentences, one line each.</summary>
    public static IReadOnlyList<string> Lines { get; } =
    [
        "protects against: whoever carries messages (relays, silos, networks); the loss of clusters beyond the threshold; theft of the sealed stores of fewer clusters than the threshold",
        "does NOT protect against a compromised enclave, not even one: every node holds P, so an enclave that is last in one session and cheats leaves it with the whole private key",
        "does NOT protect against this machine: the dealer has seen the private key; it must have been offline, without swap, and is to be wiped or destroyed now",
        "a key that must withstand either belongs into a protocol without dealer",
    ];
}
