using System.Collections.Immutable;
using VaultGrid.Model.Json;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>One entry of an enclave's audit log. It names the hash of the entry before it, so the last one's hash covers all (protocols §9).</summary>
/// <remarks>
/// <c>"VaultGrid/v1/audit-entry" ‖ 0 ‖ cluster (4) ‖ node (4) ‖ number (8) ‖ previous (32) ‖ time (8) ‖ step (8) ‖ action ‖ outcome ‖ key (32) ‖ request (32) ‖
/// approvals (count (4), 32 each) ‖ subject</c>; texts in UTF-8 behind their length (4), integers big-endian, a hash that isn't there is zero. The entry's hash is SHA-256 of these bytes.
/// </remarks>
public sealed record AuditEntry
{
    /// <summary>The outcome of what was done.</summary>
    public const string Done = "done";

    /// <summary>The longest subject, in bytes.</summary>
    public const int SubjectLimit = 256;

    /// <summary>The longest encoding, in bytes.</summary>
    public const int Largest = 4096;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/audit-entry\0"u8;

    /// <summary>The enclave's node.</summary>
    public required NodeId Node { get; init; }

    /// <summary>Its place in the enclave's chain, from 1.</summary>
    public required ulong Number { get; init; }

    /// <summary>The hash of the entry before; for the first <see cref="AuditChain.Genesis"/>.</summary>
    public required Hash256 Previous { get; init; }

    /// <summary>When, by the enclave's clock, in whole seconds; never before the entry before.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Which change of the enclave's sealed store it tells of, counted from 1; 0 where nothing changed.</summary>
    public ulong Step { get; init; }

    /// <summary>What was asked for: a request's action or one of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary><see cref="Done"/>, or the refusal's code.</summary>
    public string Outcome { get; init; } = Done;

    /// <summary>The key's birth record's hash, where a key was used.</summary>
    public Hash256 Key { get; init; }

    /// <summary>The request's hash, where one was approved.</summary>
    public Hash256 Request { get; init; }

    /// <summary>SHA-256 of the certificate of each administrator whose approval came with the request.</summary>
    public ImmutableArray<Hash256> Approvals { get; init; } = [];

    /// <summary>What else there is to say: a session's id, another node, a count. Public, for people and searches.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Its canonical bytes.</summary>
    public byte[] ToBytes() => new WireWriter().Fixed(Tag)
        .U32(Node.Cluster.Number).U32(Node.Index).U64(Number).Hash(Previous).Time(Time).U64(Step).Text(Action).Text(Outcome)
        .Hash(Key).Hash(Request).List(Approvals, (to, approval) => to.Hash(approval)).Text(Subject).ToArray();

    /// <summary>The hash of its bytes.</summary>
    public static Hash256 HashOf(ReadOnlySpan<byte> bytes) => Hash256.Sha256(bytes);

    /// <summary>Reads an entry; <c>audit.tampered</c> for anything that <see cref="ToBytes"/> can't have written.</summary>
    public static Outcome<AuditEntry> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (!PublicBytes.Equal(reader.Fixed(Tag.Length), Tag)) reader.Fail("it does not start with its tag");
        var (cluster, node) = (reader.U32(), reader.U32());
        if (cluster == 0 || node == 0) reader.Fail("a node's number is 0");
        var entry = new AuditEntry
        {
            Node = reader.Failed ? default : new NodeId(new ClusterId(cluster), node),
            Number = reader.U64(),
            Previous = reader.Hash(),
            Time = reader.Time(),
            Step = reader.U64(),
            Action = reader.Text(AuditActions.Longest),
            Outcome = reader.Text(AuditActions.Longest),
            Key = reader.Hash(),
            Request = reader.Hash(),
            Approvals = [.. reader.List(Approval.Limit, (ref WireReader from) => from.Hash())],
            Subject = reader.Text(SubjectLimit),
        };
        if (entry.Fault() is { } fault) reader.Fail(fault);
        return reader.End("an audit entry", out var refusal, RefusalCode.AuditTampered) ? entry : refusal;
    }

    /// <summary>What keeps it from being one; null where nothing does.</summary>
    public string? Fault() =>
        Number is 0 or > long.MaxValue ? "its number is out of range"
        : !AuditActions.IsName(Action) ? "its action is no name"
        : !AuditActions.IsName(Outcome) ? "its outcome is no code"
        : !PlainText.IsPlain(Subject) || System.Text.Encoding.UTF8.GetByteCount(Subject) > SubjectLimit ? "its subject is too long or can't be shown plainly"
        : null;

    /// <summary>Equal where the bytes are.</summary>
    public bool Equals(AuditEntry? other) => other is not null && PublicBytes.Equal(ToBytes(), other.ToBytes());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Node, Number, Previous);
}
