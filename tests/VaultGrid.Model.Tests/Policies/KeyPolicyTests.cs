using System.Text;
using VaultGrid.Crypto;

namespace VaultGrid.Model.Tests;

public sealed class KeyPolicyTests
{
    private static readonly PolicyAdmin[] Admins =
        [.. Enumerable.Range(1, 3).Select(n => new PolicyAdmin($"vaultgrid://admin/{n}", Hash256.Of("test", [(byte)n])))];

    [Fact]
    public void The_encoding_is_stable() => Assert.Equal(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "frozen", "policy.json")), Encoding.UTF8.GetString(Policy().ToUtf8()));

    [Fact]
    public void What_was_written_reads_back_the_same() => Assert.Equal(Policy(), KeyPolicy.Parse(Policy().ToUtf8()).Value);

    [Fact]
    public void Permissions_and_refresh_are_a_second_version_and_the_first_stays_as_it_was()
    {
        var policy = Policy() with { Permissions = [Grant("bank"), Grant("ops") with { Operations = KeyOperations.Decrypt }], Refresh = TimeSpan.FromDays(1) };
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "frozen", "policy-2.json")), Encoding.UTF8.GetString(policy.ToUtf8()));
        Assert.Equal(policy, KeyPolicy.Parse(policy.ToUtf8()).Value);
        Assert.Equal(policy.Permissions, KeyPolicy.Parse(policy.ToUtf8()).Value.Permissions);
        Assert.Equal(TimeSpan.FromDays(1), KeyPolicy.Parse(policy.ToUtf8()).Value.Refresh);

        // One policy, one text: what version 1 can say is not said in version 2, and the other way round.
        var text = Encoding.UTF8.GetString(Policy().ToUtf8());
        Assert.NotNull(KeyPolicy.Parse(Encoding.UTF8.GetBytes(text.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal))).Refusal);
        Assert.NotNull(KeyPolicy.Parse(Encoding.UTF8.GetBytes(text.Replace("\"quorum\"", "\"permissions\":[],\"quorum\"", StringComparison.Ordinal))).Refusal);
        var second = Encoding.UTF8.GetString(policy.ToUtf8());
        Assert.NotNull(KeyPolicy.Parse(Encoding.UTF8.GetBytes(second.Replace("\"v\":2", "\"v\":1", StringComparison.Ordinal))).Refusal);
        var nothing = Encoding.UTF8.GetString((Policy() with { Refresh = TimeSpan.FromDays(1) }).ToUtf8()).Replace("\"86400\"", "\"none\"", StringComparison.Ordinal);
        Assert.Contains("permissions and refresh", KeyPolicy.Parse(Encoding.UTF8.GetBytes(nothing)).Refusal?.Detail, StringComparison.Ordinal);
        Assert.NotNull(KeyPolicy.Parse(Encoding.UTF8.GetBytes(second.Replace("sign,encrypt", "encrypt,sign", StringComparison.Ordinal))).Refusal);
    }

    public static TheoryData<string> FaultNames => [.. Faults.Keys];

    private static Dictionary<string, Func<KeyPolicy, KeyPolicy>> Faults => new()
    {
        ["quorum 0"] = policy => policy with { Quorum = 0 },
        ["quorum above the admins"] = policy => policy with { Quorum = 4 },
        ["no admins"] = policy => policy with { Admins = [], Quorum = 0 },
        ["admins out of order"] = policy => policy with { Admins = [Admins[1], Admins[0]] },
        ["an admin twice"] = policy => policy with { Admins = [Admins[0], Admins[0]] },
        ["one key under two names"] = policy => policy with { Admins = [Admins[0], Admins[1] with { Key = Admins[0].Key }] },
        ["an operator among admins"] = policy => policy with { Admins = [new PolicyAdmin("vaultgrid://operator/1", Admins[0].Key)], Quorum = 1 },
        ["number 0"] = policy => policy with { Number = 0 },
        ["first with a predecessor"] = policy => policy with { Predecessor = Hash256.Of("test", []) },
        ["second without a predecessor"] = policy => policy with { Number = 2 },
        ["an algorithm twice"] = policy => policy with { Algorithms = [SigningAlgorithm.EcdsaSecp256k1, SigningAlgorithm.EcdsaSecp256k1] },
        ["a path twice"] = policy => policy with { Paths = [Pattern("m/0"), Pattern("m/0")] },
        ["an admin with two keys"] = policy => policy with { Admins = [Admins[0], Admins[0] with { Key = Admins[1].Key }] },
        ["provisioning policy that signs"] = policy => policy with { KeyId = KeyId.Provisioning },
        ["provisioning policy with paths"] = policy => policy with { KeyId = KeyId.Provisioning, Algorithms = [] },
        ["provisioning policy with algorithms"] = policy => policy with { KeyId = KeyId.Provisioning, Paths = [] },
        ["provisioning policy that permits"] = policy => policy with { KeyId = KeyId.Provisioning, Algorithms = [], Paths = [], Permissions = [Grant("ops")] },
        ["a client twice"] = policy => policy with { Permissions = [Grant("ops"), Grant("ops")] },
        ["clients out of order"] = policy => policy with { Permissions = [Grant("ops"), Grant("bank")] },
        ["an admin among clients"] = policy => policy with { Permissions = [Grant("ops") with { Identity = "vaultgrid://admin/1" }] },
        ["a client without an operation"] = policy => policy with { Permissions = [Grant("ops") with { Operations = KeyOperations.None }] },
        ["refreshed all the time"] = policy => policy with { Refresh = TimeSpan.FromSeconds(59) },
        ["hardly ever refreshed"] = policy => policy with { Refresh = KeyPolicy.LongestRefresh + TimeSpan.FromSeconds(1) },
        ["too many admins"] = policy => policy with
        {
            Admins = [.. Enumerable.Range(100, 65).Select(n => new PolicyAdmin($"vaultgrid://admin/{n}", Hash256.Of("test", [(byte)n, 1])))],
        },
    };

    [Theory, MemberData(nameof(FaultNames))]
    public void A_policy_that_can_not_be_satisfied_or_means_two_things_is_refused(string fault) =>
        Assert.Equal(RefusalCode.PolicyMalformed, KeyPolicy.Parse(Faults[fault](Policy()).ToUtf8()).Refusal?.Code);

    public static TheoryData<string> EdgeNames => [.. Edges.Keys];

    private static Dictionary<string, Func<KeyPolicy, KeyPolicy>> Edges => new()
    {
        ["one of them is enough"] = policy => policy with { Quorum = 1 },
        ["all of them"] = policy => policy with { Quorum = 3 },
        ["as many admins as there may be, all of them"] = policy => policy with
        {
            Quorum = KeyPolicy.AdminLimit, Admins = [.. Enumerable.Range(100, KeyPolicy.AdminLimit).Select(n => new PolicyAdmin($"vaultgrid://admin/{n}", Hash256.Of("test", [(byte)n, 1])))],
        },
        ["refreshed as often as may be"] = policy => policy with { Refresh = KeyPolicy.ShortestRefresh },
        ["refreshed as seldom as may be"] = policy => policy with { Refresh = KeyPolicy.LongestRefresh },
        ["the administrators' own"] = policy => policy with { KeyId = KeyId.Provisioning, Algorithms = [], Paths = [] },
    };

    [Theory, MemberData(nameof(EdgeNames))]
    public void What_lies_just_within_the_limits_reads_back_the_same(string edge)
    {
        var policy = Edges[edge](Policy());
        Assert.Equal(policy, KeyPolicy.Parse(policy.ToUtf8()).Value);
        Assert.False(policy.Equals(null));
    }

    [Fact]
    public void Only_the_next_number_of_the_same_key_with_the_right_hash_follows()
    {
        var first = Policy();
        var second = first with { Number = 2, Predecessor = first.Hash(), Quorum = 3 };
        Assert.Null(second.CheckFollows(first).Refusal);
        Assert.Equal(RefusalCode.StateConflict, (second with { Number = 3 }).CheckFollows(first).Refusal?.Code);
        Assert.Equal(RefusalCode.StateConflict, (second with { Predecessor = second.Hash() }).CheckFollows(first).Refusal?.Code);
        Assert.Equal(RefusalCode.StateConflict, (second with { KeyId = KeyId.Parse("other") }).CheckFollows(first).Refusal?.Code);
        Assert.Equal(RefusalCode.StateConflict, first.CheckFollows(first).Refusal?.Code);
    }

    [Fact]
    public void Use_is_denied_unless_algorithm_and_path_are_both_listed()
    {
        var digest = (SignRequest)RequestSamples.All["sign-digest"];
        var transaction = (SignRequest)RequestSamples.All["sign-transaction"];
        Assert.Equal(RefusalCode.PolicyAlgorithm, Policy().CheckUse(digest).Refusal?.Code);
        Assert.Null(Policy().CheckUse(transaction).Refusal);
        Assert.Equal(RefusalCode.PolicyPath, (Policy() with { Paths = [Pattern("m/44'/60'/0'/1/*")] }).CheckUse(transaction).Refusal?.Code);
        Assert.Equal(RefusalCode.PolicyPath, (Policy() with { Paths = [] }).CheckUse(transaction).Refusal?.Code);
    }

    [Theory]
    [InlineData("m/44'/60'/*'/0/*", "m/44'/60'/7'/0/9", true)]
    [InlineData("m/44'/60'/*'/0/*", "m/44'/60'/7'/0/9'", false)]
    [InlineData("m/44'/60'/*'/0/*", "m/44'/60'/7/0/9", false)]
    [InlineData("m/44'/60'/*'/0/*", "m/44'/60'/7'/1/9", false)]
    [InlineData("m/44'/60'/*'/0/*", "m/44'/60'/7'/0", false)]
    [InlineData("m/44'/60'/*'/0/*", "m/44'/60'/7'/0/9/0", false)]
    [InlineData("m", "m", true)]
    [InlineData("m", "m/0", false)]
    public void A_pattern_allows_whole_paths_of_its_own_depth(string pattern, string path, bool allowed) =>
        Assert.Equal(allowed, Pattern(pattern).Allows(DerivationPath.Parse(path).Value));

    [Theory]
    [InlineData("m/44'/60'/0'", true)]
    [InlineData("m", true)]
    [InlineData("m/44'/60'/0'/0/3", true)]
    [InlineData("m/84'", false)]
    [InlineData("m/44'/60'/0'/0/3/1", false)]
    public void Extended_keys_are_shown_only_towards_allowed_paths(string path, bool allowed) =>
        Assert.Equal(allowed, Pattern("m/44'/60'/*'/0/*").AllowsAbove(DerivationPath.Parse(path).Value));

    [Theory]
    [InlineData("")]
    [InlineData("44'/60'")]
    [InlineData("m/")]
    [InlineData("m/*h")]
    [InlineData("m/**")]
    [InlineData("m/1*")]
    [InlineData("m/*''")]
    [InlineData("m/-1")]
    [InlineData("m/ 1")]
    public void What_is_no_pattern_is_refused(string text) => Assert.False(PathPattern.TryParse(text, out _));

    private static PathPattern Pattern(string text) => PathPattern.TryParse(text, out var pattern) ? pattern : throw new FormatException(text);

    private static KeyGrant Grant(string client) => new($"vaultgrid://client/{client}", Admins[0].Key, KeyOperations.Sign | KeyOperations.Encrypt);

    internal static KeyPolicy Policy() => new()
    {
        KeyId = KeyId.Parse("treasury"), Number = 1, Predecessor = null, Quorum = 2, Admins = [.. Admins],
        Algorithms = [SigningAlgorithm.EthereumTransaction], Paths = [Pattern("m/44'/60'/*'/0/*")],
    };
}
