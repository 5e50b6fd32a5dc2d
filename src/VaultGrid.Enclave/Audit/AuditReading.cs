using System.Globalization;
using VaultGrid.Crypto.Merkle;

namespace VaultGrid.Enclave;

/// <summary>The calls that read the log, and the one by which the enclave watches over the grid's copy of all logs.</summary>
internal static class AuditReading
{
    /// <summary>Entries from a number on.</summary>
    public static Outcome<AuditPart> Part(AuditEntriesCall call, SealedVault vault)
    {
        // The state first: the log goes on while it is read, and the mark must not be ahead of it.
        var state = vault.State;
        if (!vault.Trail.Read(call.From, AuditEntriesCall.AnswerBytes).Is(out var batches, out var refusal)) return refusal;
        return new AuditPart(state.Certificate?.Der ?? default, vault.Trail.Kept.Number, state.Audit.TreeSize, state.Audit.TreeRoot, batches);
    }

    /// <summary>Takes a checkpoint that extends the last.</summary>
    public static Outcome<Step<Done>> Checkpoint(AuditCheckpointCall call, VaultState state)
    {
        var known = state.Audit;
        if (call.Size == known.TreeSize && call.Root == known.TreeRoot) return new Step<Done>(state, default);
        if (call.From != known.TreeSize) return new Refusal(RefusalCode.StateStale, $"the proof starts at {call.From} entries, this enclave has seen a checkpoint of {known.TreeSize}");
        var root = known.TreeSize == 0 ? MerkleHash.Empty : known.TreeRoot;
        return MerkleProof.IsConsistent(known.TreeSize, call.Size, root, call.Root, call.Proof)
            ? new Step<Done>(state with { Audit = known with { TreeSize = call.Size, TreeRoot = call.Root } }, default)
            : new Refusal(RefusalCode.AuditTampered, $"the log of {call.Size} entries is no continuation of the one of {known.TreeSize} that this enclave has seen");
    }

    /// <summary>What is noted of it: by this an auditor finds where a changed log leaves the true one.</summary>
    public static AuditNote Note(AuditCheckpointCall call) =>
        new(AuditActions.Checkpoint) { Subject = string.Create(CultureInfo.InvariantCulture, $"{call.Size} {call.Root}") };
}
