using VaultGrid.Model.Certificates;

namespace VaultGrid.Model;

/// <summary>
/// Says whether a Trust counts: all its signatures, as the first of a chain or as the successor of a Trust that counts. An HSM's seal alone proves
/// nothing; everything is checked again by whoever relies on it.
/// </summary>
/// <param name="authorities">The CAs and lists to go by.</param>
/// <param name="admins">Finds a policy of the administrators, pinned at provisioning or following it, by hash; null where it is none.</param>
/// <param name="certificates">Parsed certificates.</param>
public sealed class TrustVerifier(TrustedAuthorities authorities, Func<Hash256, KeyPolicy?> admins, CertificateCache certificates)
{
    private delegate Outcome<RoleCertificate> Judge(RoleCertificate certificate, CertificateRole role);

    /// <summary>
    /// Checks a sealed Trust, with certificates as of the seal's time. In this order: what it follows (<c>trust.chain</c>), HSMs and their wrap keys,
    /// operators, their signatures (<c>trust.signature</c>, <c>trust.stranger</c>), both quorums (<c>trust.quorum</c>) or the administrators' approval
    /// (<c>trust.bootstrap</c>, <c>approval.*</c>), the seal.
    /// </summary>
    /// <param name="trust">The Trust.</param>
    /// <param name="predecessor">The Trust before it, which counts; null for the first of a chain.</param>
    public Outcome<Done> Check(Trust trust, Trust? predecessor)
    {
        ArgumentNullException.ThrowIfNull(trust);
        if (trust.Seal is not { } seal) return new Refusal(RefusalCode.TrustSignature, "no HSM has sealed this Trust");

        var content = CheckContent(trust, predecessor, seal.Signatory, seal.Time, (certificate, role) => ChainVerifier.VerifyAsOf(certificate, role, authorities, seal.Time));
        return content ?? CheckSeal(trust.Body, predecessor, seal) ?? (Outcome<Done>)default(Done);
    }

    /// <summary>Checks a Trust that an HSM is asked to seal: everything but the seal, with certificates as they count now.</summary>
    /// <param name="trust">The Trust.</param>
    /// <param name="predecessor">The Trust before it, which counts; null for the first of a chain.</param>
    /// <param name="sealer">The HSM's own certificate.</param>
    /// <param name="now">The enclave's time.</param>
    /// <param name="retired">Retirements that the enclave knows: their wrap keys serve in no further Trust.</param>
    public Outcome<Done> CheckBeforeSeal(Trust trust, Trust? predecessor, RoleCertificate sealer, DateTimeOffset now, IReadOnlyCollection<Retirement> retired)
    {
        ArgumentNullException.ThrowIfNull(trust);
        ArgumentNullException.ThrowIfNull(sealer);
        ArgumentNullException.ThrowIfNull(retired);
        var hsm = Signatory.Of(sealer);
        if (CheckContent(trust, predecessor, hsm, now, (certificate, role) => ChainVerifier.Verify(certificate, role, authorities, now)) is { } refusal) return refusal;
        if (trust.Body.Hsms.FirstOrDefault(named => retired.Any(gone => gone.WrapKey == named.WrapKey.Hash)) is { } back)
            return new Refusal(RefusalCode.TrustRetired, $"{back.Signatory} has retired this wrap key: it is wiped");
        return CheckNamed(trust.Body, predecessor, hsm) ?? (Outcome<Done>)default(Done);
    }

    /// <summary>Checks the seal alone, of a Trust whose body was verified before: its time isn't covered by the name.</summary>
    public Outcome<Done> CheckSeal(Trust trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        if (trust.Seal is not { } seal) return new Refusal(RefusalCode.TrustSignature, "no HSM has sealed this Trust");
        return CheckSeal(trust.Body, predecessor: null, seal) ?? (Outcome<Done>)default(Done);
    }

    private Refusal? CheckContent(Trust trust, Trust? predecessor, Signatory sealer, DateTimeOffset time, Judge judge)
    {
        var body = trust.Body;
        if (CheckFollows(body, predecessor, time) is { } broken) return broken;

        foreach (var hsm in body.Hsms)
        {
            if (!judge(hsm.Certificate, CertificateRole.Device).Is(out _, out var refusal)) return refusal;
            if (!hsm.IsSigned(body.Id)) return new(RefusalCode.TrustSignature, $"the wrap key of {hsm.Signatory} is not signed by its D key for this chain");
        }

        foreach (var certificate in body.Operators)
        {
            if (!judge(certificate, CertificateRole.Operator).Is(out _, out var refusal)) return refusal;
        }

        return CheckOperators(trust, predecessor, judge) ?? CheckBootstrap(trust, predecessor, sealer, time, judge);
    }

    private static Refusal? CheckFollows(TrustBody body, Trust? predecessor, DateTimeOffset time)
    {
        if (predecessor is null)
            return body.Number == 1 ? null : new(RefusalCode.TrustChain, $"Trust {body.Number} counts only with the ones before it");
        if (body.Id != predecessor.Body.Id || body.Number != predecessor.Body.Number + 1 || body.Predecessor != predecessor.Hash)
            return new(RefusalCode.TrustChain, $"Trust {body.Number} doesn't name Trust {predecessor.Body.Number} as its predecessor");
        return predecessor.Seal is { } seal && seal.Time <= time ? null : new(RefusalCode.TrustChain, "a Trust is sealed after the one before it");
    }

    /// <summary>Each signature must be good and an operator's of this Trust or of the one before: one that isn't refuses all, so nothing depends on an order.</summary>
    private static Refusal? CheckOperators(Trust trust, Trust? predecessor, Judge judge)
    {
        var body = trust.Body;
        var statement = OperatorSignature.Statement(trust.Hash);
        var (own, before) = (0, 0);
        foreach (var signature in trust.Signatures)
        {
            var signatory = signature.Signatory;
            var isOwn = body.OperatorSignatories.Contains(signatory);
            var isBefore = predecessor is not null && predecessor.Body.OperatorSignatories.Contains(signatory);
            if (!isOwn && !isBefore) return new(RefusalCode.TrustStranger, $"{signatory} with this key is an operator neither of this Trust nor of the one before");
            if (!judge(signature.Certificate, CertificateRole.Operator).Is(out _, out var refusal)) return refusal;
            if (!signature.Certificate.Key.VerifiesStatement(statement, signature.Bytes.Span))
                return new(RefusalCode.TrustSignature, $"the signature of {signatory} is not over this Trust");

            // Trust.Parse let each key and name sign once, so each counts once here and once there.
            own += isOwn ? 1 : 0;
            before += isBefore ? 1 : 0;
        }

        if (own < body.Quorum) return Short("this Trust", body, own);
        return predecessor is not null && before < predecessor.Body.Quorum ? Short("the Trust before it", predecessor.Body, before) : null;
    }

    /// <summary>Where operators are missing, before the first Trust or within the bootstrap, the administrators stand in; nowhere else.</summary>
    private Refusal? CheckBootstrap(Trust trust, Trust? predecessor, Signatory sealer, DateTimeOffset time, Judge judge)
    {
        var needed = trust.Body.IsBootstrap || predecessor is { Body.IsBootstrap: true };
        if (trust.Approval is not { } approval)
            return needed ? new(RefusalCode.TrustBootstrap, "a Bootstrap Trust and its successor need the administrators' approval") : null;
        if (!needed) return new(RefusalCode.TrustBootstrap, "administrators approve the Bootstrap Trust and its first successor, nothing else");

        var request = approval.Request.Request as BootstrapTrustRequest;
        if (request is null || request.Trust != trust.Hash || request.Replaces != predecessor?.Hash)
            return new(RefusalCode.TrustBootstrap, "what the administrators approved is not this Trust in this place");
        if (!CertificateIdentity.Parse(sealer.Identity).Is(out var identity, out _) || identity.Cluster != request.Cluster)
            return new(RefusalCode.RequestCluster, $"the request is for cluster {request.Cluster}; {sealer} is not of it");
        if (!approval.Request.CheckTime(time).Is(out _, out var refusal)) return refusal;
        if (admins(request.Policy) is not { } policy || policy.KeyId != KeyId.Provisioning)
            return new(RefusalCode.StateStale, "the policy of the administrators who approved is not known");

        return ApprovalCheck.Check(approval.Request, approval.Approvals, policy, certificates, certificate => judge(certificate, CertificateRole.Admin)).Refusal;
    }

    private Refusal? CheckSeal(TrustBody body, Trust? predecessor, HsmSeal seal)
    {
        if (CheckNamed(body, predecessor, seal.Signatory) is { } stranger) return stranger;
        if (!ChainVerifier.VerifyAsOf(seal.Certificate, CertificateRole.Device, authorities, seal.Time).Is(out _, out var refusal)) return refusal;
        return seal.Signs(HsmSeal.ForTrust(body.Hash, seal.Time))
            ? null
            : new(RefusalCode.TrustSignature, $"the seal of {seal.Signatory} is not over this Trust");
    }

    private static Refusal? CheckNamed(TrustBody body, Trust? predecessor, Signatory hsm)
    {
        if (body.IndexOf(hsm) < 0) return new(RefusalCode.TrustStranger, $"{hsm} seals a Trust that doesn't name it");
        return predecessor is not null && predecessor.Body.IndexOf(hsm) < 0
            ? new(RefusalCode.TrustStranger, $"{hsm} is not named by the Trust before: an HSM of both seals")
            : null;
    }

    private static Refusal Short(string whose, TrustBody body, int signed) =>
        new(RefusalCode.TrustQuorum, $"{signed} operators of {whose} have signed; {body.Quorum} of {body.Operators.Length} are needed");
}
