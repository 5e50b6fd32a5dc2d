namespace VaultGrid.Grains;

/// <content>What the next version of the answer might say besides: silos of the version before skip it.</content>
public sealed partial record EnclaveReply
{
    /// <summary>How often the enclave was asked; zero from a silo of the version before.</summary>
    [Id(1)] public int Attempts { get; init; } = 1;
}
