using System.Text.Json;
using System.Text.Json.Serialization;

namespace VaultGrid.Client.Json;

/// <summary>
/// The JSON of the REST interface: camelCase members, byte strings as <c>0x</c> hex, ids and hashes as strings, times in RFC 3339. Serialisation
/// code is generated at build time, so it works trimmed and ahead of time.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = DepthMax,
    Converters =
    [
        typeof(ClusterIdConverter), typeof(NodeIdConverter), typeof(KeyIdConverter), typeof(RequestIdConverter), typeof(TrustIdConverter), typeof(DomainIdConverter),
        typeof(HashConverter), typeof(BytesConverter), typeof(TimeConverter),
    ])]
[JsonSerializable(typeof(GridStatus))]
[JsonSerializable(typeof(ClusterStatus))]
[JsonSerializable(typeof(NodeStatus))]
[JsonSerializable(typeof(NodeProvisioning))]
[JsonSerializable(typeof(CertificateRequest))]
[JsonSerializable(typeof(NodeCertification))]
[JsonSerializable(typeof(DeviceStatement))]
[JsonSerializable(typeof(AuthorityFile))]
[JsonSerializable(typeof(AuthoritiesPublished))]
[JsonSerializable(typeof(RequestSubmission))]
[JsonSerializable(typeof(RequestApproval))]
[JsonSerializable(typeof(ApprovedSubmission))]
[JsonSerializable(typeof(RequestStatus))]
[JsonSerializable(typeof(Page<RequestStatus>), TypeInfoPropertyName = "RequestPage")]
[JsonSerializable(typeof(Page<KeyStatus>), TypeInfoPropertyName = "KeyPage")]
[JsonSerializable(typeof(KeyStatus))]
[JsonSerializable(typeof(AccountStatus))]
[JsonSerializable(typeof(SignatureStatus))]
[JsonSerializable(typeof(SessionStatus))]
[JsonSerializable(typeof(AuditMessage))]
[JsonSerializable(typeof(SyncReport))]
[JsonSerializable(typeof(ClusterAssignment))]
[JsonSerializable(typeof(ServingNodes))]
[JsonSerializable(typeof(SessionCall))]
[JsonSerializable(typeof(SessionCallAnswer))]
[JsonSerializable(typeof(PartOrder))]
[JsonSerializable(typeof(PartDone))]
[JsonSerializable(typeof(KeyAuditStatus))]
[JsonSerializable(typeof(KeyAuditOrder))]
[JsonSerializable(typeof(TrustSubmission))]
[JsonSerializable(typeof(TrustSignature))]
[JsonSerializable(typeof(TrustApproval))]
[JsonSerializable(typeof(TrustSealing))]
[JsonSerializable(typeof(TrustStatus))]
[JsonSerializable(typeof(Page<TrustStatus>), TypeInfoPropertyName = "TrustPage")]
[JsonSerializable(typeof(DocumentSubmission))]
[JsonSerializable(typeof(DocumentVerdict))]
[JsonSerializable(typeof(ChainStatus))]
[JsonSerializable(typeof(RewrapStatus))]
[JsonSerializable(typeof(HsmKeyRequest))]
[JsonSerializable(typeof(HsmKeyStatus))]
[JsonSerializable(typeof(Page<HsmKeyStatus>), TypeInfoPropertyName = "HsmKeyPage")]
[JsonSerializable(typeof(HsmRetirement))]
[JsonSerializable(typeof(OperatorStatus))]
[JsonSerializable(typeof(Page<OperatorStatus>), TypeInfoPropertyName = "OperatorPage")]
[JsonSerializable(typeof(OperatorRegistration))]
[JsonSerializable(typeof(DomainStatus))]
[JsonSerializable(typeof(Page<DomainStatus>), TypeInfoPropertyName = "DomainPage")]
[JsonSerializable(typeof(DomainCall))]
[JsonSerializable(typeof(DomainAnswer))]
[JsonSerializable(typeof(SessionKeyStatus))]
[JsonSerializable(typeof(AuditLogStatus))]
[JsonSerializable(typeof(AuditEntryStatus))]
[JsonSerializable(typeof(Page<AuditEntryStatus>), TypeInfoPropertyName = "AuditPage")]
[JsonSerializable(typeof(AuditProof))]
[JsonSerializable(typeof(SharedKeyStatus))]
[JsonSerializable(typeof(Page<SharedKeyStatus>), TypeInfoPropertyName = "SharedKeyPage")]
[JsonSerializable(typeof(SharedKeyEvidence))]
[JsonSerializable(typeof(KeyCall))]
[JsonSerializable(typeof(MessageSignatureStatus))]
[JsonSerializable(typeof(KeyEvaluations))]
[JsonSerializable(typeof(BackupOrder))]
[JsonSerializable(typeof(KeyBackup))]
[JsonSerializable(typeof(CeremonyStatus))]
[JsonSerializable(typeof(ProblemDetails))]
public sealed partial class VaultGridJson : JsonSerializerContext
{
    /// <summary>How deep a JSON text may be nested.</summary>
    public const int DepthMax = 16;

    /// <summary>For what comes in as a request: unknown and duplicate members are refused.</summary>
    public static VaultGridJson Requests => Default;

    /// <summary>For what comes back: members that a newer grid has added are skipped (the interface only ever grows).</summary>
    public static VaultGridJson Answers => Lenient.Context;

    // In a class of its own, because the generated default must exist first.
    private static class Lenient
    {
        public static readonly VaultGridJson Context = new(new JsonSerializerOptions(Default.Options)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip, TypeInfoResolver = null,
        });
    }
}
