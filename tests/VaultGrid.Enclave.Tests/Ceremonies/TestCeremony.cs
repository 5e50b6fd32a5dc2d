namespace VaultGrid.Enclave.Tests;

/// <summary>A coordinator that does what a test tells it: who is silent, what becomes of messages on their way, what happens between two steps.</summary>
internal sealed class TestCeremony(SharedGrid grid, CeremonyPlan plan, PerformCall? approved, IReadOnlyList<SignedStatement>? directory = null, byte? dealersFaulty = null)
{
    public CeremonyPlan Plan => plan;

    public CeremonyRoutes Routes { get; private set; } = new(plan, dealersFaulty);

    /// <summary>Members that never answer.</summary>
    public HashSet<string> Silent { get; } = [];

    /// <summary>What a member gets in place of a message; nothing where it is lost.</summary>
    public Func<CeremonyMessage, KeyHolder, IEnumerable<CeremonyMessage>>? Tamper { get; set; }

    /// <summary>Called before each step, with the number of steps so far and the member.</summary>
    public Func<int, KeyHolder, Task>? Before { get; set; }

    /// <summary>What a member outside the enclaves answers to a message.</summary>
    public Func<CeremonyMessage, IEnumerable<CeremonyMessage>>? Listen { get; set; }

    /// <summary>What is proposed in place of what is due.</summary>
    public Func<CeremonyProposal, CeremonyProposal>? Propose { get; set; }

    /// <summary>The last refusal of a member.</summary>
    public Dictionary<string, Refusal> Refusals { get; } = [];

    public int Steps { get; private set; }

    public CertifiedVersion Certified => Routes.Certified ?? throw new InvalidOperationException($"No version came out: {string.Join("; ", Refusals.Select(pair => $"{pair.Key} {pair.Value}"))}");

    public Hash256 Key => Certified.Version.Key;

    public IReadOnlyList<string> Done => [.. Routes.Done.Select(place => plan.Members[place].Node.ToString())];

    public IReadOnlyList<string> Culprits => [.. Routes.Faults.Select(fault => plan.Members[fault.Place].Node.ToString()).Distinct().Order()];

    public async Task<OpenCeremonyCall> OpeningAsync() => new(
        plan.ToBytes(), directory ?? await grid.DirectoryAsync(plan.Members), approved?.Request ?? default, approved?.Approvals ?? [], Document);

    /// <summary>The same request for another plan, with given session keys.</summary>
    public TestCeremony With(CeremonyPlan other, IReadOnlyList<SignedStatement> statements) => new(grid, other, approved, statements, dealersFaulty);

    /// <summary>Hands a message of a member outside the enclaves over.</summary>
    public void Inject(CeremonyMessage message) => Routes.Take(message.From, new CeremonyAnswer(CeremonyStage.Committing, [message], [], [], null, null));

    // A key's evidence is for those who don't know the key; it does the others no harm.
    private ReadOnlyMemory<byte> Document => approved?.Document ?? default;

    public async Task<TestCeremony> OpenAsync()
    {
        var opening = await OpeningAsync();
        for (byte place = 0; place < plan.Members.Count; place++) await AskAsync(place, opening);
        return this;
    }

    /// <summary>Opens, and carries until all are done or nothing more comes of it.</summary>
    public async Task<TestCeremony> RunAsync()
    {
        await OpenAsync();
        return await CarryAsync();
    }

    public async Task<TestCeremony> CarryAsync(int proposals = 6)
    {
        for (var proposed = 0; proposed <= proposals; proposed++)
        {
            for (var rounds = 0; !Routes.IsQuiet; rounds++)
            {
                Assert.True(rounds < 100, "messages go round in circles");
                await RoundAsync(propose: false);
            }

            if (Routes.Done.Count >= Answering.Count()) return this;
            await RoundAsync(propose: true);
        }

        return this;
    }

    /// <summary>Forgets everything and asks the members what was said.</summary>
    public async Task RecoverAsync()
    {
        Routes = new CeremonyRoutes(plan, dealersFaulty);
        var directory = await grid.DirectoryAsync(plan.Members);
        for (byte place = 0; place < plan.Members.Count; place++)
        {
            await AskAsync(place, new StepCeremonyCall(plan.Id, [], directory, CeremonyProposal.None));
            await AskAsync(place, new CeremonyStatusCall(plan.Id));
        }
    }

    public async Task RoundAsync(bool propose)
    {
        for (byte place = 0; place < plan.Members.Count; place++)
        {
            var messages = Routes.For(place).SelectMany(message => Tamper?.Invoke(message, plan.Members[place]) ?? [message]).ToArray();
            if (Silent.Contains(plan.Members[place].Node.ToString()))
            {
                foreach (var said in messages.SelectMany(message => Listen?.Invoke(message) ?? []).ToArray()) Inject(said);
                continue;
            }

            if (messages.Length == 0 && !propose) continue;
            await AskAsync(place, new StepCeremonyCall(plan.Id, messages, [], propose ? Propose?.Invoke(Routes.Proposal(place)) ?? Routes.Proposal(place) : CeremonyProposal.None));
        }
    }

    private IEnumerable<KeyHolder> Answering => plan.Members.Where(member => !Silent.Contains(member.Node.ToString()));

    private async Task AskAsync(byte place, EnclaveCall<CeremonyAnswer> call)
    {
        var member = plan.Members[place];
        if (Silent.Contains(member.Node.ToString())) return;
        if (Before is { } before) await before(Steps++, member);
        if ((await grid[member.Node].TryAsync(call)).Is(out var answer, out var refusal)) Routes.Take(place, answer);
        else Refusals[member.Node.ToString()] = refusal;
    }
}
