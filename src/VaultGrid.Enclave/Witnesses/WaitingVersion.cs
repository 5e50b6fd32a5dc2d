using System.Collections.Immutable;
using System.Security.Cryptography;

namespace VaultGrid.Enclave;

/// <summary>A version of the store that is on disk and waits for witnesses: a step that has not taken effect, or the state that a start found.</summary>
internal sealed class WaitingVersion
{
    private readonly HashSet<uint> _recorded = [];
    private readonly ImmutableArray<WitnessRule.Quorum> _quorums;
    private SignedStatement? _request;

    /// <param name="next">The state.</param>
    /// <param name="quorums">Who has to have recorded it.</param>
    public WaitingVersion(VaultState next, ImmutableArray<WitnessRule.Quorum> quorums)
    {
        (Next, _quorums) = (next, quorums);
        Span<byte> nonce = stackalloc byte[Hash256.Length];
        RandomNumberGenerator.Fill(nonce);
        Nonce = new Hash256(nonce);
    }

    /// <summary>The state that takes effect.</summary>
    public VaultState Next { get; set; }

    /// <summary>What the audit log is to say then.</summary>
    public AuditNote? Note { get; init; }

    /// <summary>What is to be cleaned up then.</summary>
    public Action? After { get; init; }

    /// <summary>The nonce that witnesses sign.</summary>
    public Hash256 Nonce { get; }

    /// <summary>The call that took the step, and its answer.</summary>
    public (Hash256 Call, ReadOnlyMemory<byte> Answer) Call { get; set; }

    /// <summary>The highest version that a witness holds and that isn't this one; 0 for none.</summary>
    public ulong Ahead { get; private set; }

    /// <summary>True where enough have recorded it.</summary>
    public bool IsWitnessed => _quorums.All(quorum => quorum.IsReached(_recorded));

    /// <summary>Counts what a witness said; what answers another nonce says nothing.</summary>
    public void Count(WitnessStatement said)
    {
        if (said.Nonce != Nonce) return;
        if (said.Version == Next.Version && said.Part == Next.VersionedPart) _recorded.Add(said.Witness.Index);
        else if (said.Version >= Next.Version) Ahead = Math.Max(Ahead, said.Version);
    }

    /// <summary>The request to them, signed once.</summary>
    public SignedStatement Request(IDeviceKey key)
    {
        if (_request is not null) return _request;
        var statement = new WitnessRequest(Next.Node, Next.Version, Next.VersionedPart, Nonce).ToBytes();
        return _request = new SignedStatement(statement, Next.Certificate?.Der ?? default, key.Sign(statement));
    }
}
