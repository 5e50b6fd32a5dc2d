namespace VaultGrid.Enclave.Contracts;

/// <summary>The calls that an enclave answers. Numbers are wire format: additions only.</summary>
public enum EnclaveCallKind : byte
{
    /// <summary><see cref="StatusCall"/>.</summary>
    Status = 1,

    /// <summary><see cref="ProvisionCall"/>.</summary>
    Provision = 2,

    /// <summary><see cref="CertifyCall"/>.</summary>
    Certify = 3,

    /// <summary><see cref="AddAuthoritiesCall"/>.</summary>
    AddAuthorities = 4,

    /// <summary><see cref="PerformCall"/>.</summary>
    Perform = 5,

    /// <summary><see cref="AuditSignCall"/>.</summary>
    AuditSign = 6,

    /// <summary><see cref="DescribeKeyCall"/>.</summary>
    DescribeKey = 7,

    /// <summary><see cref="DeriveAccountCall"/>.</summary>
    DeriveAccount = 8,

    /// <summary><see cref="JoinCall"/>.</summary>
    Join = 9,

    /// <summary><see cref="ReleaseCall"/>.</summary>
    Release = 10,

    /// <summary><see cref="AcceptCall"/>.</summary>
    Accept = 11,

    /// <summary><see cref="RecordsCall"/>.</summary>
    Records = 12,

    /// <summary><see cref="LearnCall"/>.</summary>
    Learn = 13,

    /// <summary><see cref="PingCall"/>.</summary>
    Ping = 14,

    /// <summary><see cref="WrapKeyCall"/>.</summary>
    WrapKey = 15,

    /// <summary><see cref="SessionKeyCall"/>.</summary>
    SessionKey = 16,

    /// <summary><see cref="OpenSessionCall"/>.</summary>
    OpenSession = 17,

    /// <summary><see cref="StepSessionCall"/>.</summary>
    StepSession = 18,

    /// <summary><see cref="CloseSessionCall"/>.</summary>
    CloseSession = 19,

    /// <summary><see cref="CheckKeyCall"/>.</summary>
    CheckKey = 20,

    /// <summary><see cref="AnnounceRequestCall"/>.</summary>
    AnnounceRequest = 21,

    /// <summary><see cref="DescribeThresholdCall"/>.</summary>
    DescribeThreshold = 29,

    /// <summary><see cref="AuditHeadCall"/>.</summary>
    AuditHead = 30,

    /// <summary><see cref="AuditEntriesCall"/>.</summary>
    AuditEntries = 31,

    /// <summary><see cref="AuditCheckpointCall"/>.</summary>
    AuditCheckpoint = 32,

    /// <summary><see cref="AttestCall"/>.</summary>
    Attest = 37,

    /// <summary><see cref="WitnessesCall"/>.</summary>
    Witnesses = 38,

    /// <summary><see cref="WitnessCall"/>.</summary>
    Witness = 39,

    /// <summary><see cref="ChainKeyCall"/>.</summary>
    ChainKey = 40,

    /// <summary><see cref="SealTrustCall"/>.</summary>
    SealTrust = 41,

    /// <summary><see cref="LearnTrustsCall"/>.</summary>
    LearnTrusts = 42,

    /// <summary><see cref="ChainsCall"/>.</summary>
    Chains = 43,

    /// <summary><see cref="RetireChainCall"/>.</summary>
    RetireChain = 44,

    /// <summary><see cref="CreateDomainCall"/>.</summary>
    CreateDomain = 45,

    /// <summary><see cref="UseDomainCall"/>.</summary>
    UseDomain = 46,

    /// <summary><see cref="RotateDomainCall"/>.</summary>
    RotateDomain = 47,

    /// <summary><see cref="RewrapDomainsCall"/>.</summary>
    RewrapDomains = 48,

    /// <summary><see cref="VerifyDomainCall"/>.</summary>
    VerifyDomain = 49,

    /// <summary><see cref="OpenCeremonyCall"/>.</summary>
    OpenCeremony = 60,

    /// <summary><see cref="StepCeremonyCall"/>.</summary>
    StepCeremony = 61,

    /// <summary><see cref="CeremonyStatusCall"/>.</summary>
    CeremonyStatus = 62,

    /// <summary><see cref="CloseCeremonyCall"/>.</summary>
    CloseCeremony = 63,

    /// <summary><see cref="DescribeShareCall"/>.</summary>
    DescribeShare = 64,

    /// <summary><see cref="LearnVersionCall"/>.</summary>
    LearnVersion = 65,

    /// <summary><see cref="BackupShareCall"/>.</summary>
    BackupShare = 66,

    /// <summary><see cref="AggregateCall"/>.</summary>
    Aggregate = 67,

    /// <summary><see cref="EvaluateCall"/>.</summary>
    Evaluate = 68,
}
