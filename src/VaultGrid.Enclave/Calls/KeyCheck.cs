using System.Security.Cryptography;
using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>Checks parts of keys again while they are held (protocols §4: at import, at start and on audit). Outside the vault's gate, and not too often.</summary>
internal sealed class KeyCheck(Standing standing, TokenBucket audits)
{
    /// <summary>Checks what is stored of a key, and what is in use.</summary>
    public Outcome<Done> Check(CheckKeyCall call, VaultState state)
    {
        if (!state.Keys.Find(call.Key).Is(out var key, out var refusal)) return refusal;
        if (!standing.Member(state, OverdueLists.Tolerated).Is(out _, out refusal)) return refusal;
        if (!audits.TryTake()) return new Refusal(RefusalCode.AuditRate, "keys are checked too often; wait a second");
        if (key.Shared is { } shared) return Named(Share(shared), key, state);
        if (!key.Seed.TryTake(out var seed)) return new Refusal(RefusalCode.KeyUnknown, $"the key '{key.Birth.KeyId}' was destroyed");
        using (seed)
            return Named(key.Threshold is { } part ? Part(part, seed.Value, key, state.Node.Cluster) : Root(seed.Value, key), key, state);
    }

    private static Outcome<Done> Named(Outcome<Done> outcome, VaultKey key, VaultState state) =>
        outcome.Is(out _, out var refusal) ? default(Done) : new Refusal(RefusalCode.KeyBroken, $"'{key.Birth.KeyId}' of node {state.Node} is broken: {refusal.Detail}");

    // A node that holds no share of the version in force has none that could be broken; one that should have it is said to be without.
    private static Outcome<Done> Share(SharedPart part)
    {
        if (part.State == ShareState.Missing) return new Refusal(RefusalCode.KeyBroken, "its share is missing: have it repaired");
        if (part.Secret is not { } secret || !secret.TryTake(out var share)) return default(Done);
        using (share)
        {
            var held = share.Value.Share;
            if (!KeyShare.Of(held.Index, held.Key, held.ToSecret()).Is(out var again, out var refusal)) return refusal;
            again.Dispose();
            return default(Done);
        }
    }

    private static Outcome<Done> Root(SecretBytes seed, VaultKey key)
    {
        if (!RootSeed.Fingerprint(seed).Is(out var fingerprint, out var refusal)) return refusal;
        return fingerprint == key.Birth.Fingerprint ? default(Done) : new Refusal(RefusalCode.KeyBroken, "its seed is not the one that its birth record names");
    }

    // What is in use first, then what is stored and copied: memory decays in one place at a time.
    private static Outcome<Done> Part(ThresholdPart part, SecretBytes stored, VaultKey key, ClusterId cluster)
    {
        if (!part.Share.TryTake(out var share)) return new Refusal(RefusalCode.KeyUnknown, "it was destroyed");
        using (share)
        using (var random = RandomNumberGenerator.Create())
        {
            if (!share.Value.Share.Check(random).Is(out _, out var refusal)) return refusal;
        }

        if (!ThresholdPart.Open(stored, key.Evidence, cluster).Is(out var again, out var broken)) return broken;
        again.Close();
        return default(Done);
    }
}
