namespace VaultGrid.Enclave;

/// <summary>Everything that uses a key and changes nothing: approved signatures, audit signatures, extended public keys. Runs on snapshots, in parallel.</summary>
internal sealed class KeyUse(Standing standing, RequestCheck requests, KeySigner signer, TokenBucket audits)
{
    /// <summary>Signs what administrators approved.</summary>
    public Outcome<Performed> Sign(RequestDocument document, SignRequest request, PerformCall call, VaultState state)
    {
        if (call.Document.Length > 0) return new Refusal(RefusalCode.InputMalformed, "a signing request has no document beside it");
        if (request.Clusters is { } several)
            return new Refusal(RefusalCode.RequestCluster, $"the request is for clusters {several} together: it is signed in a session");
        if (request.Cluster != state.Node.Cluster)
            return new Refusal(RefusalCode.RequestCluster, $"the request is for cluster {request.Cluster}, this enclave is of {state.Node.Cluster}");
        if (!state.Keys.Find(request.Key).Is(out var key, out var refusal)) return refusal;
        if (key.Threshold is not null || key.Shared is not null) return InSessions(key);
        if (!standing.Member(state).Is(out _, out refusal)) return refusal;
        if (!requests.Approved(document, call.Approvals, key.Policies, state).Is(out _, out refusal)) return refusal;
        if (!key.Policies.Current.CheckUse(request).Is(out _, out refusal)) return refusal;
        return signer.Sign(key, request).Is(out var answer, out refusal) ? new Performed.Signed(answer) : refusal;
    }

    /// <summary>Signs at most 8 bytes under their own tag at the root path; runs on overdue lists, and not too often.</summary>
    public Outcome<EcdsaAnswer> Audit(AuditSignCall call, VaultState state)
    {
        if (call.Message.Length > EnclaveLimits.AuditMessage)
            return new Refusal(RefusalCode.AuditTooLong, $"an audit message has at most {EnclaveLimits.AuditMessage} bytes, not {call.Message.Length}");
        if (!state.Keys.Find(call.Key).Is(out var key, out var refusal)) return refusal;
        if (key.Threshold is not null || key.Shared is not null) return InSessions(key);
        if (!standing.Member(state, OverdueLists.Tolerated).Is(out _, out refusal)) return refusal;
        if (!audits.TryTake()) return new Refusal(RefusalCode.AuditRate, "audit signatures are asked for too often; wait a second");
        return signer.SignDigest(key, DerivationPath.Master, AuditSignCall.DigestOf(call.Message.Span));
    }

    /// <summary>The extended public key of an account that the key's policy leads to.</summary>
    public Outcome<ReadOnlyMemory<byte>> Account(DeriveAccountCall call, VaultState state)
    {
        if (!state.Keys.Find(call.Key).Is(out var key, out var refusal)) return refusal;
        if (!standing.Member(state).Is(out _, out refusal)) return refusal;
        return key.Policies.Current.Paths.Any(pattern => pattern.AllowsAbove(call.Path))
            ? signer.ExtendedPublic(key, call.Path)
            : new Refusal(RefusalCode.PolicyPath, $"the policy of '{key.Birth.KeyId}' does not lead to the path {call.Path}");
    }

    /// <summary>The public side of a key that several clusters hold.</summary>
    public static Outcome<ThresholdDescription> Describe(DescribeThresholdCall call, VaultState state)
    {
        if (!state.Keys.Find(call.Key).Is(out var key, out var refusal)) return refusal;
        if (key.Threshold is not { } part) return new Refusal(RefusalCode.KeyUnknown, $"'{key.Birth.KeyId}' is a key of this cluster alone");
        var statement = part.Statement;
        return new ThresholdDescription(
            statement.PublicKey.Compressed.ToArray(), statement.ChainCode.ToArray(), (byte)statement.Table.Threshold,
            [.. statement.Table.Clusters.Select(number => new ClusterId(number))], VaultKey.ShareVersion, part.Manifest);
    }

    private static Refusal InSessions(VaultKey key) =>
        new(RefusalCode.RequestCluster, $"no cluster signs with '{key.Birth.KeyId}' alone: it is used in sessions of several clusters");
}
