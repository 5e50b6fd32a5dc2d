using VaultGrid.Protocols;
using VaultGrid.Protocols.Repair;

namespace VaultGrid.Enclave;

/// <content>
/// The version that is about to be put in force, for the repair of a receiver's share of it: a dealer that starves an honest receiver must not cost the version its vote.
/// </content>
internal sealed partial class LiveDealing
{
    /// <summary>The version as this enclave has it: one that has voted helps, one that was starved is helped.</summary>
    /// <param name="isStarved">True where this enclave's own share is to be repaired.</param>
    /// <returns>Refuses: nothing to repair, or nothing to help with (<c>state.conflict</c>), a ceremony that is over (<c>session.unknown</c>).</returns>
    public Outcome<RepairSubject> Pending(bool isStarved)
    {
        lock (_gate)
        {
            if (_closed || IsDone) return CeremonyTable.Unknown(Plan.Id);
            return (isStarved ? _member.Starved : _member.Result?.Key) is { } key
                ? new PendingVersion(this, key)
                : new Refusal(RefusalCode.StateConflict, isStarved ? "this enclave lacks no share of a version that it agrees with" : "this enclave has no share of the next version yet");
        }
    }

    private Outcome<RepairHelper> Help(RepairSession session, IStatementSigner signer)
    {
        lock (_gate)
        {
            if (_closed || IsDone || _member.Result is not { } share) return CeremonyTable.Unknown(Plan.Id);
            return RepairHelper.Start(session, share, signer);
        }
    }

    // The vote follows with the next step, once the share is on disk.
    private Outcome<Done> TakeRepaired(KeyShare share)
    {
        lock (_gate)
        {
            if (_closed || IsDone) return CeremonyTable.Unknown(Plan.Id);
            return _member.TakeRepaired(share) ? default(Done) : new Refusal(RefusalCode.StateConflict, "this enclave lacks no share of that version any more");
        }
    }

    private sealed class PendingVersion(LiveDealing live, SharedKey key) : RepairSubject
    {
        public override SharedKey Key => key;

        public override IReadOnlyList<KeyHolder> Holders { get; } = [.. live.Plan.Receivers.Select(place => live.Plan.Members[place])];

        public override CertifiedVersion? Certified => null;

        public override Outcome<RepairHelper> Help(RepairSession session, IStatementSigner signer) => live.Help(session, signer);

        public override Outcome<Done> Take(KeyShare share) => live.TakeRepaired(share);
    }
}
