using System.Collections.Frozen;

namespace VaultGrid;

/// <summary>The wire names of <see cref="RefusalCode"/>, and which of them a caller may simply try again.</summary>
public static class RefusalCodes
{
    private static readonly FrozenDictionary<string, RefusalCode> ByName =
        Enum.GetValues<RefusalCode>().ToFrozenDictionary(Name, StringComparer.Ordinal);

    /// <summary>The stable name, such as <c>state.stale</c>.</summary>
    public static string Name(this RefusalCode code) => code switch
    {
        RefusalCode.InputMalformed => "input.malformed",
        RefusalCode.InputTooLarge => "input.too-large",
        RefusalCode.InputUnsupported => "input.unsupported",
        RefusalCode.FrameMalformed => "frame.malformed",
        RefusalCode.FrameTooLarge => "frame.too-large",
        RefusalCode.FrameVersion => "frame.version",
        RefusalCode.RequestMalformed => "request.malformed",
        RefusalCode.RequestExpired => "request.expired",
        RefusalCode.RequestExpiryTooFar => "request.expiry-too-far",
        RefusalCode.RequestCluster => "request.cluster",
        RefusalCode.RequestConflict => "request.conflict",
        RefusalCode.RequestUnknown => "request.unknown",
        RefusalCode.RequestAction => "request.action",
        RefusalCode.ApprovalMalformed => "approval.malformed",
        RefusalCode.ApprovalInvalid => "approval.invalid",
        RefusalCode.ApprovalDuplicate => "approval.duplicate",
        RefusalCode.ApprovalStranger => "approval.stranger",
        RefusalCode.ApprovalQuorum => "approval.quorum",
        RefusalCode.CertificateMalformed => "certificate.malformed",
        RefusalCode.CertificateUntrusted => "certificate.untrusted",
        RefusalCode.CertificateRole => "certificate.role",
        RefusalCode.CertificateExpired => "certificate.expired",
        RefusalCode.CertificateRevoked => "certificate.revoked",
        RefusalCode.CertificateWeak => "certificate.weak",
        RefusalCode.CertificateKey => "certificate.key",
        RefusalCode.RevocationsMissing => "revocations.missing",
        RefusalCode.RevocationsOverdue => "revocations.overdue",
        RefusalCode.RevocationsStale => "revocations.stale",
        RefusalCode.RevocationsMalformed => "revocations.malformed",
        RefusalCode.PolicyMalformed => "policy.malformed",
        RefusalCode.PolicySuperseded => "policy.superseded",
        RefusalCode.PolicyPath => "policy.path",
        RefusalCode.PolicyAlgorithm => "policy.algorithm",
        RefusalCode.TransactionMalformed => "transaction.malformed",
        RefusalCode.StateStale => "state.stale",
        RefusalCode.StateConflict => "state.conflict",
        RefusalCode.PhaseRefused => "phase.refused",
        RefusalCode.StoreTampered => "store.tampered",
        RefusalCode.StoreTruncated => "store.truncated",
        RefusalCode.StoreSealed => "store.sealed",
        RefusalCode.StoreVersion => "store.version",
        RefusalCode.KeyUnknown => "key.unknown",
        RefusalCode.KeyExists => "key.exists",
        RefusalCode.KeyForeign => "key.foreign",
        RefusalCode.NodeUnknown => "node.unknown",
        RefusalCode.NodeForeign => "node.foreign",
        RefusalCode.NodeNotMember => "node.not-member",
        RefusalCode.ClusterUnknown => "cluster.unknown",
        RefusalCode.JoinReplayed => "join.replayed",
        RefusalCode.JoinMismatch => "join.mismatch",
        RefusalCode.EnclaveDetached => "enclave.detached",
        RefusalCode.EnclaveFault => "enclave.fault",
        RefusalCode.EnclaveBusy => "enclave.busy",
        RefusalCode.AuditTooLong => "audit.too-long",
        RefusalCode.AuditRate => "audit.rate",
        RefusalCode.CallerUnauthenticated => "caller.unauthenticated",
        RefusalCode.CallerRefused => "caller.refused",
        RefusalCode.GridOverloaded => "grid.overloaded",
        RefusalCode.GridUnavailable => "grid.unavailable",
        RefusalCode.ResourceUnknown => "resource.unknown",
        RefusalCode.PageInvalid => "page.invalid",
        RefusalCode.CallerRate => "caller.rate",
        RefusalCode.InputTimeout => "input.timeout",
        RefusalCode.FileMalformed => "file.malformed",
        RefusalCode.FileTampered => "file.tampered",
        RefusalCode.FileTruncated => "file.truncated",
        RefusalCode.TrustMalformed => "trust.malformed",
        RefusalCode.TrustSignature => "trust.signature",
        RefusalCode.TrustDuplicate => "trust.duplicate",
        RefusalCode.TrustStranger => "trust.stranger",
        RefusalCode.TrustQuorum => "trust.quorum",
        RefusalCode.TrustChain => "trust.chain",
        RefusalCode.TrustForked => "trust.forked",
        RefusalCode.TrustSuperseded => "trust.superseded",
        RefusalCode.TrustBootstrap => "trust.bootstrap",
        RefusalCode.TrustRetired => "trust.retired",
        RefusalCode.TrustUnknown => "trust.unknown",
        RefusalCode.DomainMalformed => "domain.malformed",
        RefusalCode.DomainInvalid => "domain.invalid",
        RefusalCode.DomainForeign => "domain.foreign",
        RefusalCode.DomainUse => "domain.use",
        RefusalCode.CallMalformed => "call.malformed",
        RefusalCode.CallInvalid => "call.invalid",
        RefusalCode.CallExpired => "call.expired",
        RefusalCode.CallReplayed => "call.replayed",
        RefusalCode.CallDenied => "call.denied",
        RefusalCode.DomainUnknown => "domain.unknown",
        RefusalCode.SessionUnknown => "session.unknown",
        RefusalCode.SessionConflict => "session.conflict",
        RefusalCode.SessionMismatch => "session.mismatch",
        RefusalCode.SessionAlarmed => "session.alarmed",
        RefusalCode.SessionAborted => "session.aborted",
        RefusalCode.AuditTampered => "audit.tampered",
        RefusalCode.AuditTruncated => "audit.truncated",
        RefusalCode.AuditUnknown => "audit.unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not a refusal code."),
    };

    /// <summary>Finds a code by its stable name.</summary>
    public static bool TryParse(string name, out RefusalCode code) => ByName.TryGetValue(name, out code);

    /// <summary>True where the same call may go through later, or on another node, without any change to it.</summary>
    public static bool IsRetriable(this RefusalCode code) => code is
        RefusalCode.EnclaveDetached or RefusalCode.EnclaveBusy or RefusalCode.AuditRate or
        RefusalCode.GridOverloaded or RefusalCode.GridUnavailable or RefusalCode.CallerRate or RefusalCode.SessionAborted;
}
