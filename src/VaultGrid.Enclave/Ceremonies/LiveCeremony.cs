namespace VaultGrid.Enclave;

/// <summary>This enclave's part of one ceremony. Any thread may call; calls wait for one another.</summary>
internal abstract class LiveCeremony : IDisposable
{
    /// <summary>The plan.</summary>
    public abstract CeremonyPlan Plan { get; }

    /// <summary>The name that a new key will have; null for a ceremony of a key that there is.</summary>
    public abstract KeyId? NewKey { get; }

    /// <summary>True once the ceremony is over here.</summary>
    public abstract bool IsDone { get; }

    /// <summary>True where its state may be destroyed without asking anybody.</summary>
    public abstract bool CanClose { get; }

    /// <summary>When it was last heard of.</summary>
    public DateTimeOffset Heard { get; protected set; }

    /// <summary>Takes what has come, and answers with what follows.</summary>
    public abstract Outcome<CeremonyAnswer> Step(StepCeremonyCall call, VaultState state);

    /// <summary>Where it is, with all that was said.</summary>
    public abstract Outcome<CeremonyAnswer> Status(VaultState state);

    /// <summary>Destroys its state, on disk too.</summary>
    public abstract void Close();

    /// <summary>Wipes what is in memory; what is on disk stays for the next start.</summary>
    public abstract void Dispose();
}
