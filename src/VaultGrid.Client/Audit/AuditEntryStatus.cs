namespace VaultGrid.Client;

/// <summary>An entry of the merged audit log: exactly what its enclave wrote, from which its bytes can be put together again, and where it stands.</summary>
public sealed record AuditEntryStatus
{
    /// <summary>Its place in the merged log, from 0.</summary>
    public required ulong Position { get; init; }

    /// <summary>Its chain: SHA-256 of the enclave's D key.</summary>
    public required Hash256 Chain { get; init; }

    /// <summary>The enclave's node.</summary>
    public required NodeId Node { get; init; }

    /// <summary>Its place in the enclave's own log, from 1.</summary>
    public required ulong Number { get; init; }

    /// <summary>The hash of the entry before it there.</summary>
    public required Hash256 Previous { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Which change of the enclave's store it tells of; 0 for none.</summary>
    public required ulong Step { get; init; }

    /// <summary>What was asked for.</summary>
    public required string Action { get; init; }

    /// <summary><c>done</c>, or the refusal's code.</summary>
    public required string Outcome { get; init; }

    /// <summary>The hash of the key's birth record.</summary>
    public Hash256? Key { get; init; }

    /// <summary>The hash of the approved request.</summary>
    public Hash256? Request { get; init; }

    /// <summary>SHA-256 of each approving administrator's certificate.</summary>
    public required IReadOnlyList<Hash256> Approvals { get; init; }

    /// <summary>What else there is to say.</summary>
    public required string Subject { get; init; }

    /// <summary>The D key's signature over the chain up to here, where the entry ends a batch.</summary>
    public ReadOnlyMemory<byte>? Signature { get; init; }

    /// <summary>Tells an entry.</summary>
    public static AuditEntryStatus Of(ulong position, Hash256 chain, AuditEntry entry, ReadOnlyMemory<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new AuditEntryStatus
        {
            Position = position, Chain = chain, Node = entry.Node, Number = entry.Number, Previous = entry.Previous, Time = entry.Time, Step = entry.Step,
            Action = entry.Action, Outcome = entry.Outcome, Key = OrNull(entry.Key), Request = OrNull(entry.Request), Approvals = entry.Approvals, Subject = entry.Subject,
            Signature = signature.IsEmpty ? (ReadOnlyMemory<byte>?)null : signature,
        };
    }

    /// <summary>The entry as its enclave wrote it; its bytes are what is hashed and signed.</summary>
    public AuditEntry ToEntry() => new()
    {
        Node = Node, Number = Number, Previous = Previous, Time = Time, Step = Step, Action = Action, Outcome = Outcome,
        Key = Key ?? default, Request = Request ?? default, Approvals = [.. Approvals], Subject = Subject,
    };

    private static Hash256? OrNull(Hash256 hash) => hash == default ? null : hash;
}
