namespace VaultGrid.Grains.Keys;

/// <summary>What a key grain remembers: public values that an enclave told.</summary>
[GenerateSerializer, Alias("vg.key.state.v1")]
internal sealed class KeyState
{
    /// <summary>How many accounts are remembered.</summary>
    public const int AccountLimit = 256;

    /// <summary>The key; its holders and its count are looked up when asked.</summary>
    [Id(0)] public KeyReport? Report { get; set; }

    /// <summary>The accounts that were derived under the policy in force, the oldest first.</summary>
    [Id(1)] public ImmutableArray<AccountReport> Accounts { get; set; } = [];
}
