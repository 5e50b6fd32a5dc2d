using static VaultGrid.Enclave.Contracts.EnclaveCallKind;
using static VaultGrid.Enclave.Contracts.EnclavePhase;

namespace VaultGrid.Enclave;

/// <summary>The enclave's life on one screen: which calls and actions each phase answers, and which moves are legal. All else is refused.</summary>
internal static class PhaseTable
{
    private const string Sign = "sign", CreateKey = "create-key", ChangePolicy = "change-policy", ChangeAdmins = "change-admins",
        ChangeMembership = "change-membership", RetireNode = "retire-node", RestoreNode = "restore-node", BootstrapTrust = "bootstrap-trust", ClearAlarms = "alarm-clear",
        RepairShare = "repair-share", RestoreShare = "restore-share", DeleteKey = "delete-key";

    /// <summary>True where a phase answers a call.</summary>
    public static bool Answers(EnclavePhase phase, EnclaveCallKind call) => (phase, call) switch
    {
        (_, Status or Ping) => true,
        (Unprovisioned, EnclaveCallKind.Provision) => true,
        (Provisioned, EnclaveCallKind.Provision or Certify or AddAuthorities) => true,
        (Certified, Certify or AddAuthorities or Perform or Records or Learn) => true,
        (Member, Certify or AddAuthorities or Perform or Records or Learn) => true,
        (Member, AuditSign or DescribeKey or DeriveAccount or Join or Release or Accept or EnclaveCallKind.WrapKey) => true,
        (Member, OpenCeremony or StepCeremony or EnclaveCallKind.CeremonyStatus or CloseCeremony) => true,
        (Member, DescribeShare or LearnVersion or BackupShare or Aggregate or Evaluate) => true,
        (Member, EnclaveCallKind.SessionKey or OpenSession or AnnounceRequest or StepSession or CloseSession or DescribeThreshold or CheckKey) => true,
        (Member, EnclaveCallKind.ChainKey or SealTrust or LearnTrusts or Chains or RetireChain) => true,
        (Member, CreateDomain or UseDomain or RotateDomain or RewrapDomains or VerifyDomain) => true,
        (Held, AddAuthorities or Perform or Records or Learn) => true,
        (Retired, Perform) => true,
        (Provisioned or Certified or Member or Held, EnclaveCallKind.AuditHead or AuditEntries or Attest) => true,
        (Retired, AuditEntries) => true,
        (Member, AuditCheckpoint) => true,
        (Certified or Member or Held, Witness or Witnesses) => true,
        _ => false,
    };

    /// <summary>True where a phase carries out an approved action (a retired node only repeats its last answer).</summary>
    public static bool Carries(EnclavePhase phase, string action) => (phase, action) switch
    {
        (Certified, ChangeAdmins or ChangeMembership or RetireNode) => true,
        (Member, Sign or CreateKey or ChangePolicy or ChangeAdmins or ChangeMembership or RetireNode or BootstrapTrust or ClearAlarms) => true,
        (Member, RepairShare or RestoreShare or DeleteKey) => true,
        (Held, RestoreNode or RetireNode) => true,
        _ => false,
    };

    /// <summary>True where an enclave may go from one phase to another. Staying is always legal.</summary>
    public static bool Allows(EnclavePhase from, EnclavePhase to) => (from, to) switch
    {
        _ when from == to => true,
        (Unprovisioned, Provisioned) => true,
        (Provisioned, Certified) => true,
        (Certified, Member) => true,
        (Certified or Member, Held) => true,
        (Held, Certified or Member) => true,
        (Certified or Member or Held, Retired) => true,
        _ => false,
    };

    /// <summary>The refusal of a call.</summary>
    public static Refusal Refused(EnclavePhase phase, string what) =>
        new(RefusalCode.PhaseRefused, $"this enclave is {Name(phase)} and does not answer {what} now");

    /// <summary>The phase in words.</summary>
    public static string Name(EnclavePhase phase) => phase switch
    {
        Unprovisioned => "unprovisioned",
        Provisioned => "provisioned and waits for its certificate",
        Certified => "certified and waits for a membership record that names it",
        Member => "a member",
        Held => "held: its store was rolled back and it waits for an approved restore-node",
        Retired => "retired",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "Not a phase."),
    };
}
