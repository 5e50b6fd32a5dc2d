namespace VaultGrid.Enclave.Tests;

/// <summary>The phase table, all pairs of it, against what the design says.</summary>
public sealed class PhaseTableTests
{
    private static readonly EnclavePhase[] Phases = Enum.GetValues<EnclavePhase>();

    public static TheoryData<EnclavePhase, string> Answered => new()
    {
        { EnclavePhase.Unprovisioned, "Status Ping Provision" },
        { EnclavePhase.Provisioned, "Status Ping Provision Certify AddAuthorities AuditHead AuditEntries Attest" },
        { EnclavePhase.Certified, "Status Ping Certify AddAuthorities Perform Records Learn AuditHead AuditEntries Attest Witness Witnesses" },
        { EnclavePhase.Member, "Status Ping Certify AddAuthorities Perform Records Learn AuditSign DescribeKey DeriveAccount Join Release Accept WrapKey SessionKey OpenSession AnnounceRequest StepSession CloseSession ChainKey SealTrust LearnTrusts Chains RetireChain CreateDomain UseDomain RotateDomain RewrapDomains VerifyDomain DescribeThreshold CheckKey AuditHead AuditEntries Attest Witness Witnesses AuditCheckpoint OpenCeremony StepCeremony CeremonyStatus CloseCeremony DescribeShare LearnVersion BackupShare Aggregate Evaluate" },
        { EnclavePhase.Held, "Status Ping AddAuthorities Perform Records Learn AuditHead AuditEntries Attest Witness Witnesses" },
        { EnclavePhase.Retired, "Status Ping Perform AuditEntries" },
    };

    public static TheoryData<EnclavePhase, string> Carried => new()
    {
        { EnclavePhase.Unprovisioned, "" },
        { EnclavePhase.Provisioned, "" },
        { EnclavePhase.Certified, "change-admins change-membership retire-node" },
        { EnclavePhase.Member, "sign create-key change-policy change-admins change-membership retire-node bootstrap-trust alarm-clear repair-share restore-share delete-key" },
        { EnclavePhase.Held, "restore-node retire-node" },
        { EnclavePhase.Retired, "" },
    };

    [Theory, MemberData(nameof(Answered))]
    public void Every_phase_answers_its_calls_and_no_other(EnclavePhase phase, string calls)
    {
        foreach (var call in Enum.GetValues<EnclaveCallKind>())
            Assert.True(calls.Split(' ').Contains(call.ToString()) == PhaseTable.Answers(phase, call), $"{phase} {call}");
    }

    [Theory, MemberData(nameof(Carried))]
    public void Every_phase_carries_out_its_actions_and_no_other(EnclavePhase phase, string actions)
    {
        foreach (var action in RequestActions.Names)
            Assert.True(actions.Split(' ').Contains(action) == PhaseTable.Carries(phase, action), $"{phase} {action}");
        Assert.False(PhaseTable.Carries(phase, "anything else"));
    }

    [Fact]
    public void Only_the_moves_of_the_design_are_legal()
    {
        var legal = new HashSet<(EnclavePhase, EnclavePhase)>
        {
            (EnclavePhase.Unprovisioned, EnclavePhase.Provisioned),
            (EnclavePhase.Provisioned, EnclavePhase.Certified),
            (EnclavePhase.Certified, EnclavePhase.Member),
            (EnclavePhase.Certified, EnclavePhase.Held),
            (EnclavePhase.Member, EnclavePhase.Held),
            (EnclavePhase.Held, EnclavePhase.Certified),
            (EnclavePhase.Held, EnclavePhase.Member),
            (EnclavePhase.Certified, EnclavePhase.Retired),
            (EnclavePhase.Member, EnclavePhase.Retired),
            (EnclavePhase.Held, EnclavePhase.Retired),
        };
        foreach (var from in Phases)
        {
            foreach (var to in Phases) Assert.True((from == to || legal.Contains((from, to))) == PhaseTable.Allows(from, to), $"{from} to {to}");
        }
    }

    [Fact]
    public void Retired_is_final() => Assert.All(Phases, to => Assert.Equal(to == EnclavePhase.Retired, PhaseTable.Allows(EnclavePhase.Retired, to)));

    [Fact]
    public void A_refusal_says_which_phase_refuses_what()
    {
        Assert.Equal(Phases.Length, Phases.Select(PhaseTable.Name).Where(name => name.Length > 5).Distinct().Count());
        foreach (var phase in Phases)
        {
            var refusal = PhaseTable.Refused(phase, "Learn calls");
            Assert.Equal(RefusalCode.PhaseRefused, refusal.Code);
            Assert.Contains(PhaseTable.Name(phase), refusal.Detail, StringComparison.Ordinal);
            Assert.Contains("Learn calls", refusal.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_fresh_enclave_refuses_every_other_call_without_reading_it()
    {
        using var store = new TestStore();
        var node = store.Start(new TestGrid(DateTimeOffset.UtcNow));
        foreach (var call in Enum.GetValues<EnclaveCallKind>())
        {
            var outcome = await node.Port.CallAsync(call, new byte[] { 1, 2, 3 }, TestContext.Current.CancellationToken);
            Assert.Equal(PhaseTable.Answers(EnclavePhase.Unprovisioned, call) ? RefusalCode.InputMalformed : RefusalCode.PhaseRefused, outcome.Refusal?.Code);
        }
    }
}
