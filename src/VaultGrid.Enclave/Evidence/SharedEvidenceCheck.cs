using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>Verifies what came from others about a shared key: its evidence under the own pins, and versions by the votes of their holders (protocols §5).</summary>
internal sealed class SharedEvidenceCheck(CertificateGate certificates, RecordCheck records)
{
    /// <summary>The evidence: birth and every policy since, whichever cluster's devices were the witnesses.</summary>
    public Outcome<(BirthRecord Birth, PolicyChain Policies)> Verify(KeyEvidence evidence, VaultState state)
    {
        if (!RequestDocument.Parse(evidence.Birth.Request.Span).Is(out var document, out var refusal)) return refusal;
        if (!BirthRecord.Parse(evidence.Birth.Document.Span).Is(out var birth, out refusal)) return refusal;
        if (document.Request is not GenerateKeyRequest request || request.KeyId != birth.KeyId || request.Kind != birth.Kind || request.FirstPolicy != birth.Policy || document.Hash != birth.Request)
            return Mismatch("the birth record isn't what its request asked for");
        if (!records.Verify(evidence.Birth, document, state.Admins!, state, ofAnyCluster: true).Is(out var witness, out refusal)) return refusal;
        if (witness.Identity.Node is not { } node || !request.Holders.Contains(node)) return Mismatch("its witness was none of the nodes that generated the key");
        if (!KeyPolicy.Parse(evidence.FirstPolicy.Span).Then(PolicyChain.Start).Is(out var policies, out refusal)) return refusal;
        if (policies.CurrentHash != birth.Policy || policies.Current.KeyId != birth.KeyId) return Mismatch("the first policy isn't the one that the birth record names");
        foreach (var change in evidence.Changes)
        {
            if (!Change(change, birth, policies, state).Is(out policies, out refusal)) return refusal;
        }

        return (birth, policies);
    }

    /// <summary>A version: its public side belongs to the key, and a quorum of its holders voted for it.</summary>
    /// <returns>The public side; <c>session.mismatch</c>.</returns>
    public Outcome<SharedKey> Verify(CertifiedVersion certified, BirthRecord birth, VaultState state)
    {
        if (!Public(certified.Version, birth).Is(out var key, out var refusal)) return refusal;
        var statement = VersionVote.Statement(certified.Version);
        var shares = new HashSet<byte>();

        // A vote that does not count spoils none that does: whoever brings them can add what it likes.
        foreach (var vote in certified.Votes.Where(vote => vote.Share > 0 && vote.Share <= certified.Version.Holders.Count && !shares.Contains(vote.Share)))
        {
            var holder = certified.Version.Holders[vote.Share - 1];
            if (certificates.AnyDeviceNow(vote.Certificate.Span, state).Is(out var device, out _) && device.Identity.Node == holder.Node
                && new Hash256(device.Key.SpkiHash.Span) == holder.Device && device.Key.VerifiesStatement(statement, vote.Signature.Span)) shares.Add(vote.Share);
        }

        return shares.Count >= key.Parameters.CertificateQuorum ? key : NoQuorum();
    }

    /// <summary>The public side of a version, if it is one of the key.</summary>
    public static Outcome<SharedKey> Public(KeyVersion version, BirthRecord birth)
    {
        if (!birth.Kind.IsShared()) return Mismatch("nobody shares a key of this kind");
        if (!SharedKey.Parse(birth.Kind.Group(), version.Shared.Span).Is(out var key, out var refusal)) return refusal;
        return version.Key == birth.Hash() && key.Version == version.Number && SharedKinds.Fingerprint(key) == birth.Fingerprint
            && key.Parameters.Parties == version.Holders.Count && key.Parameters.Faulty == version.Faulty
            && PublicBytes.Equal(birth.Kind.Encode(key), version.PublicKey.Span)
            && HolderSet.Of(version.Holders.Select(holder => holder.Node), version.Faulty).Refusal is null
            ? key
            : Mismatch("the version is not one of this key");
    }

    private Outcome<PolicyChain> Change(ApprovedRecord change, BirthRecord birth, PolicyChain policies, VaultState state)
    {
        if (!RequestDocument.Parse(change.Request.Span).Is(out var document, out var refusal)) return refusal;
        if (document.Request is not ChangePolicyRequest request || request.Key != birth.Hash() || request.Replaces != policies.CurrentHash || request.Policy != request.Replaces
            || Documents.PolicyHash(change.Document.Span) != request.NextPolicy) return Mismatch("a record among the policies does not follow the one before");
        if (!records.Verify(change, document, policies, state, ofAnyCluster: true).Is(out _, out refusal)) return refusal;
        return KeyPolicy.Parse(change.Document.Span).Then(next => policies.Add(next, change.Time));
    }

    private static Refusal NoQuorum() => new(RefusalCode.SessionMismatch, "the votes for the version are not those of a quorum of its holders");

    private static Refusal Mismatch(string why) => new(RefusalCode.SessionMismatch, $"what came with the key does not fit: {why}");
}
