using VaultGrid.Protocols;
using VaultGrid.Protocols.Repair;

namespace VaultGrid.Enclave;

/// <summary>The version in force of a key, for a repair of one of its shares.</summary>
internal sealed class RepairInForce(VaultKey key, ShareKeeper keeper) : RepairSubject
{
    public override SharedKey Key => key.Shared!.Key;

    public override IReadOnlyList<KeyHolder> Holders => key.Shared!.Holders;

    public override CertifiedVersion? Certified => key.Shared!.Certified;

    public override Outcome<RepairHelper> Help(RepairSession session, IStatementSigner signer)
    {
        if (key.Shared!.Secret is not { } secret || !secret.TryTake(out var lease)) return new Refusal(RefusalCode.StateConflict, "the share is just being replaced");
        using (lease) return RepairHelper.Start(session, lease.Value.Share, signer);
    }

    public override Outcome<Done> Take(KeyShare share) => keeper.Repaired(key.Hash, share);
}
