using VaultGrid.Crypto.Groups;

namespace VaultGrid.Protocols.Repair;

/// <summary>The party whose share was lost: checks every helper's sum against the commitments of all, and adds them.</summary>
public sealed class RepairReceiver(RepairSession session) : IDisposable
{
    private readonly Dictionary<PartyIndex, IReadOnlyList<GroupElement>> _commitments = [];
    private readonly Dictionary<PartyIndex, SecretScalar> _sums = [];

    /// <summary>Takes a helper's commitments (round 1).</summary>
    public StepResult<Done> Receive(SignedMessage commitments, IStatementVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(commitments);
        if (!session.Open(commitments, verifier).Is(out var elements, out var fault)) return fault;
        _commitments.TryAdd(commitments.From, elements);
        return new Done();
    }

    /// <summary>Takes a helper's sum (round 2), once all commitments are there.</summary>
    /// <param name="helper">Who sealed it to us.</param>
    /// <param name="sum">32 bytes; belongs to this receiver from now on.</param>
    /// <returns>A fault that names the helper if its sum is not that of the parts committed to for it.</returns>
    public StepResult<Done> Receive(PartyIndex helper, SecretBytes sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        var missing = session.Helpers.Except(_commitments.Keys).ToArray();
        if (missing.Length > 0 || !session.Helpers.Contains(helper))
        {
            sum.Dispose();
            return missing.Length > 0 ? new ProtocolFault.Missing(missing) : new Refusal(RefusalCode.InputMalformed, $"party {helper} is no helper of this repair");
        }
        if (!session.Key.Group.DecodeSecret(sum).Is(out var scalar, out _)) return new ProtocolFault.Cheated(helper, ProtocolCheck.Encoding);
        var place = session.Helpers.Count(h => h < helper);
        if (!scalar.TimesGenerator().Equals(GroupElement.Sum([.. _commitments.Values.Select(parts => parts[place])])))
        {
            scalar.Dispose();
            return new ProtocolFault.Cheated(helper, ProtocolCheck.RepairPart);
        }
        if (!_sums.TryAdd(helper, scalar)) scalar.Dispose();
        return new Done();
    }

    /// <summary>The share, checked against the key's public side.</summary>
    public StepResult<KeyShare> Finish()
    {
        var missing = session.Helpers.Except(_sums.Keys).ToArray();
        if (missing.Length > 0) return new ProtocolFault.Missing(missing);
        var total = _sums[session.Helpers[0]].Clone();
        foreach (var helper in session.Helpers.Skip(1))
        {
            using var before = total;
            total = before.Add(_sums[helper]);
        }
        return KeyShare.Of(session.Lost, session.Key, total).Is(out var share, out var refusal) ? share : refusal;
    }

    /// <summary>Wipes the sums.</summary>
    public void Dispose()
    {
        foreach (var sum in _sums.Values) sum.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "RepairReceiver(redacted)";
}
