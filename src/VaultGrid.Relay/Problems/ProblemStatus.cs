namespace VaultGrid.Relay;

/// <summary>The HTTP status of every refusal, in one table. Callers decide by the code; the status is for what stands between.</summary>
internal static class ProblemStatus
{
    public static int Of(RefusalCode code) => code switch
    {
        RefusalCode.InputMalformed or RefusalCode.RequestMalformed or RefusalCode.ApprovalMalformed or RefusalCode.CertificateMalformed
            or RefusalCode.RevocationsMalformed or RefusalCode.PolicyMalformed or RefusalCode.TransactionMalformed or RefusalCode.PageInvalid
            or RefusalCode.AuditTooLong or RefusalCode.FileMalformed or RefusalCode.TrustMalformed or RefusalCode.DomainMalformed
            or RefusalCode.CallMalformed => StatusCodes.Status400BadRequest,

        RefusalCode.CallerUnauthenticated => StatusCodes.Status401Unauthorized,

        RefusalCode.CallerRefused or RefusalCode.ApprovalInvalid or RefusalCode.ApprovalStranger or RefusalCode.ApprovalQuorum
            or RefusalCode.PolicyPath or RefusalCode.PolicyAlgorithm or RefusalCode.TrustSignature or RefusalCode.TrustStranger
            or RefusalCode.TrustQuorum or RefusalCode.TrustBootstrap or RefusalCode.CallInvalid or RefusalCode.CallDenied => StatusCodes.Status403Forbidden,

        RefusalCode.RequestUnknown or RefusalCode.KeyUnknown or RefusalCode.NodeUnknown or RefusalCode.ClusterUnknown
            or RefusalCode.ResourceUnknown or RefusalCode.TrustUnknown or RefusalCode.DomainUnknown or RefusalCode.SessionUnknown
            or RefusalCode.AuditUnknown => StatusCodes.Status404NotFound,

        RefusalCode.InputTimeout => StatusCodes.Status408RequestTimeout,

        RefusalCode.RequestConflict or RefusalCode.ApprovalDuplicate or RefusalCode.PolicySuperseded or RefusalCode.StateStale
            or RefusalCode.StateConflict or RefusalCode.PhaseRefused or RefusalCode.KeyExists or RefusalCode.KeyLimit or RefusalCode.NodeNotMember
            or RefusalCode.RevocationsMissing or RefusalCode.RevocationsOverdue or RefusalCode.RevocationsStale or RefusalCode.TrustDuplicate
            or RefusalCode.TrustChain or RefusalCode.TrustForked or RefusalCode.TrustSuperseded or RefusalCode.TrustRetired
            or RefusalCode.CallReplayed or RefusalCode.SessionConflict or RefusalCode.SessionAlarmed => StatusCodes.Status409Conflict,

        RefusalCode.InputTooLarge => StatusCodes.Status413PayloadTooLarge,

        RefusalCode.InputUnsupported => StatusCodes.Status415UnsupportedMediaType,

        RefusalCode.RequestExpired or RefusalCode.RequestExpiryTooFar or RefusalCode.RequestCluster or RefusalCode.RequestAction
            or RefusalCode.CertificateUntrusted or RefusalCode.CertificateRole or RefusalCode.CertificateExpired or RefusalCode.CertificateRevoked
            or RefusalCode.CertificateWeak or RefusalCode.CertificateKey or RefusalCode.KeyForeign
            or RefusalCode.NodeForeign or RefusalCode.NodeAdapter or RefusalCode.NodeUnattested or RefusalCode.FileTampered or RefusalCode.FileTruncated or RefusalCode.DomainInvalid
            or RefusalCode.DomainForeign or RefusalCode.DomainUse or RefusalCode.CallExpired => StatusCodes.Status422UnprocessableEntity,

        RefusalCode.AuditRate or RefusalCode.CallerRate => StatusCodes.Status429TooManyRequests,

        // The silo and an enclave, or two enclaves, don't understand each other: nothing the caller sent.
        RefusalCode.FrameMalformed or RefusalCode.FrameTooLarge or RefusalCode.FrameVersion or RefusalCode.JoinReplayed
            or RefusalCode.JoinMismatch or RefusalCode.SessionMismatch => StatusCodes.Status502BadGateway,

        RefusalCode.EnclaveFault or RefusalCode.KeyBroken or RefusalCode.StoreTampered or RefusalCode.StoreTruncated or RefusalCode.StoreSealed
            or RefusalCode.StoreVersion or RefusalCode.AuditTampered or RefusalCode.AuditTruncated => StatusCodes.Status500InternalServerError,

        RefusalCode.EnclaveDetached or RefusalCode.EnclaveBusy or RefusalCode.WitnessPending or RefusalCode.GridOverloaded
            or RefusalCode.GridUnavailable or RefusalCode.ChannelWaiting or RefusalCode.SessionAborted => StatusCodes.Status503ServiceUnavailable,

        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "This code has no status yet: give it one."),
    };
}
