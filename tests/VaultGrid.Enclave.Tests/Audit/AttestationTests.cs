using VaultGrid.Model.Certificates;

namespace VaultGrid.Enclave.Tests;

/// <summary>What an enclave says it is, and what a membership record may demand of a node before a key is copied to it.</summary>
public sealed class AttestationTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly TestStore _first;
    private readonly TestStore _second;
    private readonly TestGrid _grid;

    public AttestationTests()
    {
        (_first, _second) = (new TestStore(_time), new TestStore(_time));
        _grid = new TestGrid(_time.GetUtcNow().AddDays(-1)) { Now = _time.GetUtcNow() };
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task An_enclave_says_what_it_is_under_its_D_key_and_the_nonce()
    {
        var node = _first.Start(_grid);
        await node.JoinClusterAsync(TestGrid.Membership([1]));
        var nonce = new byte[32];
        nonce[5] = 7;
        var answer = await node.AskAsync(new AttestCall(nonce));
        var certificate = RoleCertificate.Parse(answer.Certificate.Span).Value;
        Assert.True(certificate.Key.VerifiesStatement(answer.Statement.Span, answer.Signature.Span));
        var said = Attestation.Parse(answer.Statement.Span).Value;
        Assert.Equal((node.Id, "software", new Hash256(certificate.Key.SpkiHash.Span)), (said.Node, said.Adapter, said.DeviceKey));
        Assert.Equal(nonce, said.Nonce.ToArray());
        Assert.Null(said.Quote);
        Assert.Equal(said.Measurement, ProgramMeasurement.Of(AppContext.BaseDirectory));
        await node.RefusesAsync(RefusalCode.InputMalformed, new AttestCall(new byte[8]));
    }

    [Fact]
    public void Another_file_of_the_program_is_another_measurement()
    {
        var folder = Directory.CreateTempSubdirectory("vg-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "enclave"), "program");
            File.WriteAllText(Path.Combine(folder, "library.dll"), "library");
            var before = ProgramMeasurement.Of(folder);
            File.WriteAllText(Path.Combine(folder, "notes.txt"), "no part of it");
            Assert.Equal(before, ProgramMeasurement.Of(folder));
            File.WriteAllText(Path.Combine(folder, "library.dll"), "another");
            Assert.NotEqual(before, ProgramMeasurement.Of(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_key_is_copied_to_a_node_that_is_what_the_membership_record_demands()
    {
        var record = TestGrid.Membership([1, 2]) with { Adapters = ["software", "tpm"], Measurements = [ProgramMeasurement.Value] };
        var (holder, joiner) = await PairAsync(record, record);
        Assert.Equal(KeyId.Parse("treasury"), (await joiner.CopyKeyAsync(holder)).KeyId);
    }

    [Fact]
    public async Task A_key_is_not_copied_to_a_node_that_rests_on_something_else_or_runs_another_program()
    {
        var demands = new[] { TestGrid.Membership([1, 2]) with { Adapters = ["pkcs11", "tpm"] }, TestGrid.Membership([1, 2]) with { Measurements = [Hash256.Sha256([1])] } };
        foreach (var record in demands)
        {
            using var first = new TestStore(_time);
            using var second = new TestStore(_time);
            var (holder, joiner) = await PairAsync(record, record, first, second);
            var join = await joiner.AskAsync(new JoinCall(KeyId.Parse("treasury")));
            await holder.RefusesAsync(RefusalCode.NodeUnattested, new ReleaseCall(join));
        }
    }

    [Fact]
    public async Task A_node_that_does_not_say_what_it_is_gets_no_key_where_that_is_demanded()
    {
        // The joiner is behind: its own membership record demands nothing.
        var first = TestGrid.Membership([1, 2]);
        var next = TestGrid.Membership([1, 2], first) with { Adapters = ["software"] };
        var (holder, joiner) = await PairAsync(first, first);
        var join = await joiner.AskAsync(new JoinCall(KeyId.Parse("treasury")));
        Assert.True(JoinStatement.Parse(join.Statement.Span).Value.Attestation.IsEmpty);
        await holder.AskAsync(_grid.Approved(_grid.ChangeMembership(next, first.Hash()), next.ToUtf8()));
        await holder.RefusesAsync(RefusalCode.NodeUnattested, new ReleaseCall(join));
    }

    [Fact]
    public void A_record_without_demands_is_written_as_it_always_was_and_demands_have_one_spelling()
    {
        var plain = TestGrid.Membership([1, 2]);
        Assert.DoesNotContain("adapters", System.Text.Encoding.UTF8.GetString(plain.ToUtf8()), StringComparison.Ordinal);
        var demanding = plain with { Adapters = ["pkcs11", "tpm"], Measurements = [Hash256.Sha256([1])] };
        Assert.Equal(demanding, MembershipRecord.Parse(demanding.ToUtf8()).Value);
        Assert.NotNull(MembershipRecord.Parse((plain with { Adapters = ["tpm", "pkcs11"] }).ToUtf8()).Refusal);
        Assert.NotNull(MembershipRecord.Parse((plain with { Adapters = ["Tpm"] }).ToUtf8()).Refusal);
        var empty = System.Text.Encoding.UTF8.GetString(plain.ToUtf8()).Replace("{\"cluster\"", "{\"adapters\":[],\"cluster\"", StringComparison.Ordinal);
        Assert.NotNull(MembershipRecord.Parse(System.Text.Encoding.UTF8.GetBytes(empty)).Refusal);
    }

    private Task<(TestNode Holder, TestNode Joiner)> PairAsync(MembershipRecord holders, MembershipRecord joiners) => PairAsync(holders, joiners, _first, _second);

    private async Task<(TestNode Holder, TestNode Joiner)> PairAsync(MembershipRecord holders, MembershipRecord joiners, TestStore first, TestStore second)
    {
        var (holder, joiner) = (first.Start(_grid), second.Start(_grid, "1/2"));
        await holder.JoinClusterAsync(holders);
        await joiner.JoinClusterAsync(joiners);
        await holder.CreateKeyAsync();
        return (holder, joiner);
    }
}
