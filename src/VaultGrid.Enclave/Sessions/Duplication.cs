using System.Security.Cryptography;

namespace VaultGrid.Enclave;

/// <summary>
/// Copies a key from one enclave of a cluster to another through hostile hands (protocols §2, duplication). Each side checks the other's
/// certificate, role, cluster, chain and revocation, and the membership. Under the vault's gate, but for <see cref="Check"/>.
/// </summary>
internal sealed class Duplication(EnclaveClock clock, CertificateGate certificates, Standing standing, EvidenceCheck evidence, SessionKeys sessions, Attesting attesting)
{
    private readonly PendingJoins _pending = new(clock);

    /// <summary>Joiner → holder: nonce_J, the key's name, the session key; D-signed.</summary>
    public Outcome<SignedStatement> Join(JoinCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        var session = sessions.Current(state.Identity!);
        if (!_pending.Begin(call.KeyId, session.Name).Is(out var nonce, out refusal)) return refusal;
        return Signed(new JoinStatement(state.Node, nonce, call.KeyId, session.Statement, attesting.ForJoin(nonce, state)).ToBytes(), state);
    }

    /// <summary>Holder → joiner: the key sealed to the joiner's session key, with all its evidence; D-signed.</summary>
    public Outcome<SignedStatement> Release(ReleaseCall call, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!Speaker(call.Joiner, state).Is(out var joiner, out refusal)) return refusal;
        if (!JoinStatement.Parse(call.Joiner.Statement.Span).Is(out var join, out refusal)) return refusal;
        if (join.Joiner != joiner.Identity.Node) return Mismatch("the joiner's statement names another node than its certificate");
        if (join.Joiner == state.Node) return Mismatch("a node does not release a key to itself");
        if (!attesting.Check(join, new Hash256(joiner.Key.SpkiHash.Span), state).Is(out _, out refusal)) return refusal;
        if (!Session(join, joiner).Is(out var recipient, out refusal)) return refusal;
        if (state.Keys.Find(join.KeyId) is not { } key) return new Refusal(RefusalCode.KeyUnknown, $"this enclave holds no key '{join.KeyId}'");
        if (key.Shared is not null) return new Refusal(RefusalCode.InputUnsupported, $"the shares of '{join.KeyId}' are never copied: a lost one is repaired");
        if (!key.Seed.TryTake(out var seed)) return new Refusal(RefusalCode.KeyUnknown, $"the key '{join.KeyId}' was destroyed");
        using (seed)
        {
            var header = Header(join, call.Joiner, key, state);
            var bytes = header.ToBytes();
            var box = SealedBox.Seal(recipient, bytes, bytes, seed.Value);
            return Signed(new ReleaseStatement(header, key.Evidence, box).ToBytes(), state);
        }
    }

    /// <summary>The joiner checks everything, and opens the key, on a snapshot and outside the vault's gate: of a threshold key half a second.</summary>
    /// <returns>The release with its key, for <see cref="Take"/>; the caller disposes of the key.</returns>
    public Outcome<CheckedRelease> Check(AcceptCall call, VaultState state)
    {
        if (!ReleaseStatement.Parse(call.Holder.Statement.Span).Is(out var release, out var refusal)) return refusal;

        // The nonce goes first: whatever is refused below, this answer's nonce is spent.
        if (!_pending.Take(release.Header.JoinerNonce).Is(out var pending, out refusal)) return refusal;
        if (!Holder(call, release, pending, state).Is(out var session, out refusal)) return refusal;
        if (!Verified(release, state).Is(out var verified, out refusal)) return refusal;
        if (!session.TryHold(out var lease)) return Mismatch("the session key is gone");
        using (lease)
        {
            var bytes = release.Header.ToBytes();
            if (!SealedBox.Open(lease.Value, bytes, bytes, release.SealedKey.Span).Is(out var seed, out _)) return Mismatch("the sealed key does not open");
            return VaultKey.Open(release.Evidence, verified.Birth, verified.Policies, seed, state.Node.Cluster).Is(out var key, out refusal)
                ? new CheckedRelease(release, pending, new CheckedKey(key))
                : Mismatch($"the key that came is not the one whose evidence came: {refusal.Detail}");
        }
    }

    /// <summary>The joiner takes the key, or its newer policies: under the gate, after all that may have changed since is checked again.</summary>
    public Outcome<Step<HeldKey>> Take(AcceptCall call, CheckedRelease release, VaultState state)
    {
        if (!Holder(call, release.Statement, release.Pending, state).Is(out _, out var refusal)) return refusal;
        if (!Verified(release.Statement, state).Is(out var verified, out refusal)) return refusal;
        var (birth, policies) = verified;
        if (state.Keys.Find(birth.KeyId) is not { } known)
        {
            if (state.Keys.Count >= EnclaveLimits.Keys) return new Refusal(RefusalCode.InputTooLarge, $"an enclave holds at most {EnclaveLimits.Keys} keys");
            var taken = release.Key.Take();
            return new Step<HeldKey>(state with { Keys = state.Keys.With(taken) }, taken.Held);
        }

        if (policies.CurrentHash == known.Policies.CurrentHash) return new Step<HeldKey>(state, known.Held);
        var renewed = known.With(release.Statement.Evidence, policies);
        return new Step<HeldKey>(state with { Keys = state.Keys.With(renewed) }, renewed.Held);
    }

    private Outcome<SessionKey> Holder(AcceptCall call, ReleaseStatement release, PendingJoin pending, VaultState state)
    {
        if (!standing.Member(state).Is(out _, out var refusal)) return refusal;
        if (!Speaker(call.Holder, state).Is(out var holder, out refusal)) return refusal;
        return Fits(release, pending, holder, state);
    }

    private Outcome<(BirthRecord Birth, PolicyChain Policies)> Verified(ReleaseStatement release, VaultState state)
    {
        if (!evidence.Verify(release.Evidence, state).Is(out var verified, out var refusal)) return refusal;
        var (birth, policies) = verified;
        var header = release.Header;
        if (birth.KeyId != header.KeyId || birth.Kind != header.Kind || birth.Hash() != header.Birth || policies.CurrentHash != header.Policy)
            return Mismatch("header and evidence do not agree");
        return Newer(birth, policies, state).Is(out _, out refusal) ? verified : refusal;
    }

    // Nothing older than what is known, and never another key under a known name.
    private static Outcome<Done> Newer(BirthRecord birth, PolicyChain policies, VaultState state)
    {
        if (state.Keys.Find(birth.KeyId) is not { } known) return default(Done);
        if (known.Hash != birth.Hash()) return new Refusal(RefusalCode.KeyExists, $"this enclave holds another key of the name '{birth.KeyId}'");
        if (policies.StartsWith(known.Policies)) return default(Done);
        return known.Policies.StartsWith(policies)
            ? new Refusal(RefusalCode.StateStale, $"the holder knows policies of '{birth.KeyId}' up to {policies.Current.Number}, this enclave up to {known.Policies.Current.Number}")
            : new Refusal(RefusalCode.StateConflict, $"holder and joiner know different policies of '{birth.KeyId}'");
    }

    private static ReleaseHeader Header(JoinStatement join, SignedStatement joiner, VaultKey key, VaultState state)
    {
        var travelling = new WireWriter();
        KeyEvidence.Write(travelling, key.Evidence);
        return new ReleaseHeader(
            ReleaseHeader.P256HkdfSha256Aes256Gcm, state.Node, join.Joiner, join.Nonce, new Hash256(RandomNumberGenerator.GetBytes(Hash256.Length)),
            Hash256.Sha256(joiner.Certificate.Span), new Hash256(state.Certificate!.Thumbprint.Span), Hash256.Sha256(join.Session.PublicKey.Span),
            key.Birth.KeyId, key.Birth.Kind, 1, key.Hash, Hash256.Sha256(travelling.Written), key.Policies.CurrentHash);
    }

    private static SignedStatement Signed(byte[] statement, VaultState state) =>
        new(statement, state.Certificate!.Der, state.Identity!.Key!.Sign(statement));

    private static Refusal Mismatch(string why) => new(RefusalCode.JoinMismatch, why);

    // Who speaks: a certified device of the own cluster, a member, and the statement is signed by it.
    private Outcome<RoleCertificate> Speaker(SignedStatement said, VaultState state)
    {
        if (!certificates.DeviceNow(said.Certificate.Span, state).Is(out var speaker, out var refusal)) return refusal;
        if (!state.IsMemberNode(speaker.Identity.Node!.Value.Index))
            return new Refusal(RefusalCode.NodeNotMember, $"{speaker} is not in the cluster's membership record {state.Membership?.Number ?? 0}");
        return speaker.Key.VerifiesStatement(said.Statement.Span, said.Signature.Span)
            ? speaker
            : Mismatch($"the signature of {speaker} is not over this statement");
    }

    private Outcome<P256PublicKey> Session(JoinStatement join, RoleCertificate joiner)
    {
        var (session, now) = (join.Session, clock.Now);
        if (session.Node != join.Joiner || !joiner.Key.VerifiesStatement(session.ToBytes(), session.Signature.Span))
            return Mismatch("the session key is not the joiner's");
        if (session.To - session.From > SessionKeys.Period || now < session.From - SessionKeys.Skew || now > session.To + SessionKeys.Skew)
            return Mismatch($"the session key counts from {session.From:u} to {session.To:u}, not at {now:u}");
        return P256PublicKey.Parse(session.PublicKey.Span);
    }

    private Outcome<SessionKey> Fits(ReleaseStatement release, PendingJoin pending, RoleCertificate holder, VaultState state)
    {
        var header = release.Header;
        if (header.Suite != ReleaseHeader.P256HkdfSha256Aes256Gcm) return Mismatch("the suite is not this protocol version's");
        if (header.Holder != holder.Identity.Node || header.HolderCertificate != new Hash256(holder.Thumbprint.Span)) return Mismatch("the holder is not who signed");
        if (header.Joiner != state.Node || header.JoinerCertificate != new Hash256(state.Certificate!.Thumbprint.Span)) return Mismatch("the key is released to another node");
        if (header.Holder == state.Node) return Mismatch("a node does not take a key from itself");
        if (header.KeyId != pending.KeyId) return Mismatch("another key was asked for");
        if (header.KeyVersion != 1) return Mismatch("every key has version 1");
        if (header.SessionKey != pending.Session || sessions.Find(header.SessionKey) is not { } session) return Mismatch("the key is sealed to another session key than was named");

        var travelled = new WireWriter();
        KeyEvidence.Write(travelled, release.Evidence);
        return header.Evidence == Hash256.Sha256(travelled.Written) ? session : Mismatch("the evidence is not the one that the header names");
    }
}
