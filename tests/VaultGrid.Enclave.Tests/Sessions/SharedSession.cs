using System.Security.Cryptography;
using VaultGrid.Protocols.Frost;

namespace VaultGrid.Enclave.Tests;

/// <summary>A coordinator that has a message signed by some holders of a key.</summary>
internal sealed class SharedSession(SharedGrid grid, CertifiedVersion version, string protocol, params string[] signers)
{
    public List<SessionPacket> Commitments { get; } = [];

    public SessionPlan Plan { get; private set; } = null!;

    public async Task<SharedSession> PlanAsync(SessionPurpose purpose, ReadOnlyMemory<byte> subject, Func<string, SignedStatement?>? instead = null)
    {
        var participants = new List<SignedStatement>();
        foreach (var signer in signers) participants.Add(instead?.Invoke(signer) ?? await grid[signer].AskAsync(new SessionKeyCall()));
        Plan = new SessionPlan(
            protocol, 1, new Hash256(RandomNumberGenerator.GetBytes(32)), version.Version.Key, version.Version.Number, purpose, subject, participants);
        return this;
    }

    public OpenSessionCall Opening(ReadOnlyMemory<byte> request, IReadOnlyList<Approval>? approvals = null) => new(Plan, request, approvals ?? []);

    /// <summary>Opens all parts; what they say to all.</summary>
    public async Task<SharedSession> OpenAsync(ReadOnlyMemory<byte> request, IReadOnlyList<Approval>? approvals = null)
    {
        foreach (var signer in signers) Commitments.AddRange((await grid[signer].AskAsync(Opening(request, approvals))).Packets);
        return this;
    }

    public StepSessionCall Step(string signer, ReadOnlyMemory<byte> request, IReadOnlyList<Approval>? approvals = null)
    {
        var place = Array.IndexOf(signers, signer);
        return new StepSessionCall(Plan.Session, FrostProtocol.CommitmentRound, [.. Commitments.Where(packet => packet.Sender != place)], request, approvals ?? []);
    }

    /// <summary>Collects the shares of all and has an enclave put them together.</summary>
    public async Task<AggregateAnswer> SignAsync(string at, ReadOnlyMemory<byte> asked, ReadOnlyMemory<byte> requestOfStep = default, IReadOnlyList<Approval>? approvals = null)
    {
        var packets = Commitments.ToList();
        if (protocol == FrostProtocol.Name)
        {
            foreach (var signer in signers)
            {
                var answer = await grid[signer].AskAsync(Step(signer, requestOfStep, approvals));
                Assert.True(answer.HasEnded && answer.Failure is null, answer.Failure?.Why);
                packets.AddRange(answer.Packets);
            }
        }

        return await grid[at].AskAsync(new AggregateCall(Plan, asked, packets));
    }
}
