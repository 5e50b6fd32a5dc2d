using VaultGrid.Protocols.Frost;

namespace VaultGrid.Enclave.Tests;

/// <summary>Any f holders die at any step of any ceremony while the key is used: the others finish, signatures never stop, and who comes back gets its share.</summary>
public sealed class KilledAtAnyStepTests
{
    private static readonly string[] Four = ["1/1", "1/2", "2/1", "2/2"], Seven = ["1/1", "1/2", "1/3", "1/4", "2/1", "2/2", "2/3"], Others = ["1/2", "1/3", "2/2", "2/3"];

    // Every so many steps one dies; with VAULTGRID_LONG at each, and each of the holders in turn.
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("VAULTGRID_LONG") is { Length: > 0 };

    public static TheoryData<CeremonyKind, int> Ceremonies => new()
    {
        { CeremonyKind.Generate, 1 }, { CeremonyKind.Refresh, 1 }, { CeremonyKind.Reshare, 1 }, { CeremonyKind.Repair, 1 }, { CeremonyKind.Generate, 2 }, { CeremonyKind.Refresh, 2 },
    };

    [Theory, MemberData(nameof(Ceremonies))]
    public async Task Whoever_dies_at_whichever_step_the_others_finish_and_the_key_is_used_all_the_time(CeremonyKind kind, int faulty)
    {
        await using var grid = await SharedGrid.StartAsync(clusters: 2, nodesPerCluster: 4);
        var ops = new SharedClient(grid);
        var holders = faulty == 1 ? Four : Seven;
        var first = await grid.Generate(KeyKind.Ed25519, faulty, grid.Policy(KeyKind.Ed25519, permissions: ops.May(KeyOperations.Sign)), holders).RunAsync();
        var current = first.Certified;
        var steps = await StepsAsync();
        for (var (at, turn) = (0, 0); at < steps; at += IsLong ? 1 : Math.Max(1, steps / 6), turn++)
        {
            holders = [.. current.Version.Holders.Select(holder => holder.Node.ToString())];
            string[] victims = [.. Enumerable.Range(turn, faulty).Select(i => holders[i % holders.Length])];
            var ceremony = await PrepareAsync(turn, victims);
            ceremony.Before = async (step, _) =>
            {
                if (step != at) return;
                ceremony.Silent.UnionWith(victims);
                await SignsAsync(ceremony, victims);
            };
            await ceremony.RunAsync();
            if (kind == CeremonyKind.Repair)
            {
                // Exactly f + 1 help: one that dies ends the repair, and others are asked.
                var lost = ceremony.Plan.Members[0].Node.ToString();
                var helpers = holders.Where(node => node != lost && !victims.Contains(node)).Take(faulty + 1).ToArray();
                if (!ceremony.Done.Contains(lost)) Assert.Contains(lost, (await grid.Repair(current, lost, helpers).RunAsync()).Done);
                Assert.Equal(ShareState.Held, (await grid.ShareAsync(lost, first.Key)).State);
                continue;
            }

            var receivers = ceremony.Plan.Receivers.Select(place => ceremony.Plan.Members[place].Node.ToString()).ToArray();
            Assert.True(receivers.Except(victims).ToHashSet().IsSubsetOf(ceremony.Done), $"{string.Join(", ", victims)} died at step {at}: only {string.Join(", ", ceremony.Done)} finished");
            if (kind == CeremonyKind.Generate) continue;
            current = ceremony.Certified;
            await SignsAsync(ceremony, victims);
            await BackAsync(ceremony);
        }

        async Task<int> StepsAsync()
        {
            var ceremony = await PrepareAsync(100, []);
            await ceremony.RunAsync();
            if (kind is CeremonyKind.Refresh or CeremonyKind.Reshare)
            {
                current = ceremony.Certified;
                await BackAsync(ceremony);
            }

            return ceremony.Steps;
        }

        async Task<TestCeremony> PrepareAsync(int turn, string[] victims)
        {
            switch (kind)
            {
                case CeremonyKind.Generate:
                    return grid.Generate(KeyKind.Ed25519, faulty, grid.Policy(KeyKind.Ed25519, $"made-{turn}"), holders);
                case CeremonyKind.Refresh:
                    return grid.Refresh(current, grid.RefreshRequest(current));
                case CeremonyKind.Reshare:
                    return grid.Reshare(current, first.Routes.Evidence!, current.Version.Holders.Any(holder => holder.Node == NodeId.Parse("1/1")) ? Others : Four, faulty);
                default:
                    var lost = holders.Except(victims).Last();
                    var refresh = grid.Refresh(current, grid.RefreshRequest(current));
                    refresh.Silent.Add(lost);
                    current = (await refresh.RunAsync()).Certified;
                    await grid[lost].AskAsync(new LearnVersionCall(current, null, default, []));
                    return grid.Repair(current, lost, [.. holders.Where(node => node != lost).OrderBy(node => !victims.Contains(node)).Take(faulty + 1).OrderBy(node => Array.IndexOf(holders, node))]);
            }
        }

        // Some hold the old version and some the new one for a moment: those of one sign.
        async Task SignsAsync(TestCeremony ceremony, string[] dead)
        {
            var alive = new List<(string Node, CertifiedVersion Certified)>();
            foreach (var node in ceremony.Plan.Members.Select(member => member.Node.ToString()).Concat(holders).Distinct().Except(dead))
            {
                var told = await grid[node].TryAsync(new DescribeShareCall(first.Key));
                if (told.Is(out var said, out _) && ShareStatement.Parse(said.Statement.Span).Value is { State: ShareState.Held } share) alive.Add((node, share.Certified));
            }

            var (version, signers) = alive.GroupBy(entry => entry.Certified.Version.Hash()).Select(same => (same.First().Certified, Nodes: same.Select(entry => entry.Node).ToArray()))
                .FirstOrDefault(same => same.Nodes.Length > same.Certified.Version.Faulty);
            Assert.True(version is not null, "no version has enough holders");
            var call = ops.Sign(first.Key, SharedSigningTests.Message(KeyKind.Ed25519)).ToBytes();
            var session = await new SharedSession(grid, version, FrostProtocol.Name, signers[..(version.Version.Faulty + 1)]).PlanAsync(SessionPurpose.Request, Hash256.Sha256(call).AsSpan().ToArray());
            await session.OpenAsync(call);
            Assert.True(SharedSigningTests.Verifies(KeyKind.Ed25519, await session.SignAsync(signers[0], call), SharedSigningTests.Message(KeyKind.Ed25519).Bytes.ToArray()));
        }

        // Whoever missed the version learns it, and whoever is a holder has its share repaired.
        async Task BackAsync(TestCeremony ceremony)
        {
            var opening = await ceremony.OpeningAsync();
            var approved = kind == CeremonyKind.Reshare ? (opening.Request, opening.Approvals) : (default, (IReadOnlyList<Approval>)[]);
            var held = new List<string>();
            var missing = new List<string>();
            foreach (var node in ceremony.Plan.Members.Select(member => member.Node.ToString()))
            {
                if (!ceremony.Done.Contains(node)) _ = await grid[node].TryAsync(new LearnVersionCall(current, first.Routes.Evidence, approved.Item1, approved.Item2));
                var state = (await grid.ShareAsync(node, first.Key)).State;
                if (state == ShareState.Held) held.Add(node);
                if (state == ShareState.Missing) missing.Add(node);
            }

            var order = current.Version.Holders.Select(holder => holder.Node.ToString()).ToList();
            foreach (var node in missing)
            {
                var helpers = held.Take(faulty + 1).OrderBy(order.IndexOf).ToArray();
                Assert.Contains(node, (await grid.Repair(current, node, helpers).RunAsync()).Done);
            }

            Assert.Equal(order.Count, held.Count + missing.Count);
        }
    }
}
