using VaultGrid.Relay.Tests.Grid;

namespace VaultGrid.Relay.Tests;

/// <summary>Every call to shared keys through client, TLS, relay and back: arguments and answers arrive whole.</summary>
public sealed class SharedKeyRoundTripTests(RelayFixture fixture) : IClassFixture<RelayFixture>
{
    private static readonly Hash256 Key = Hash256.Sha256("a shared key"u8);

    private static readonly NodeId Node = NodeId.Parse("2/3");

    internal static readonly Dictionary<string, Func<ISharedKeyGrid, Task<(object Answer, object?[] Arguments)>>> Calls = new(StringComparer.Ordinal)
    {
        [nameof(ISharedKeyGrid.ListAsync)] = async grid => (await grid.ListAsync(Query, default).Value(), [Query]),
        [nameof(ISharedKeyGrid.GetAsync)] = async grid => (await grid.GetAsync(Key, default).Value(), [Key]),
        [nameof(ISharedKeyGrid.GetEvidenceAsync)] = async grid => (await grid.GetEvidenceAsync(Key, default).Value(), [Key]),
        [nameof(ISharedKeyGrid.SignAsync)] = async grid => (await grid.SignAsync(Key, Filled.Of<KeyCall>(), default).Value(), [Key, Filled.Of<KeyCall>()]),
        [nameof(ISharedKeyGrid.EvaluateAsync)] = async grid => (await grid.EvaluateAsync(Key, Filled.Of<KeyCall>(), default).Value(), [Key, Filled.Of<KeyCall>()]),
        [nameof(ISharedKeyGrid.BackupAsync)] = async grid => (await grid.BackupAsync(Key, Filled.Of<BackupOrder>(), default).Value(), [Key, Filled.Of<BackupOrder>()]),
        [nameof(ISharedKeyGrid.RefreshAsync)] = async grid => (await grid.RefreshAsync(Key, default).Value(), [Key]),
        [nameof(ISharedKeyGrid.RepairAsync)] = async grid => (await grid.RepairAsync(Key, Node, default).Value(), [Key, Node]),
        [nameof(ISharedKeyGrid.GetCeremonyAsync)] = async grid => (await grid.GetCeremonyAsync(Key, default).Value(), [Key]),
    };

    private static SharedKeyQuery Query => new() { After = "mark & more=1", Limit = 17, Name = KeyId.Parse("treasury") };

    public static TheoryData<string> Methods => [.. Calls.Keys];

    [Fact]
    public void Every_method_is_here() => Assert.Equal(typeof(ISharedKeyGrid).GetMethods().Select(method => method.Name).Order(), Calls.Keys.Order());

    [Theory, MemberData(nameof(Methods))]
    public async Task A_call_and_its_answer_arrive_whole(string method)
    {
        var client = fixture.Relay.Connect(fixture.Authorities.Client("round-trip"));
        fixture.Relay.Grid.Calls.Clear();

        var (answer, arguments) = await Calls[method](client.SharedKeys);

        var call = Assert.Single(fixture.Relay.Grid.Calls);
        Assert.Equal(method, call.Method);
        Assert.Equal("vaultgrid://client/round-trip", call.Caller.Identity.Uri);
        Same.Assert(arguments, call.Arguments);
        Same.Assert(typeof(Filled).GetMethod(nameof(Filled.Of))!.MakeGenericMethod(answer.GetType()).Invoke(null, []), answer);
    }
}
