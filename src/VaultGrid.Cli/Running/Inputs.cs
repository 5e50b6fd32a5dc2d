using System.CommandLine;
using System.Globalization;

namespace VaultGrid.Cli.Running;

/// <summary>Arguments and options of the model's own types: parsed with the command line, so a wrong one is wrong usage.</summary>
internal static class Inputs
{
    private delegate bool TryParse<T>(string text, out T value);

    public static Argument<ClusterId> ClusterArgument() => new("CLUSTER")
    {
        Description = "Number of the cluster", CustomParser = One<ClusterId>(ClusterId.TryParse, "is not a cluster's number, such as 1"),
    };

    /// <summary>Reads a node, for options that need one.</summary>
    public static Func<System.CommandLine.Parsing.ArgumentResult, NodeId> Node { get; } = One<NodeId>(NodeId.TryParse, "is not a node: expected cluster/node, such as 1/2");

    public static Argument<NodeId> NodeArgument() => new("NODE")
    {
        Description = "The node, as cluster/node, such as 1/2", CustomParser = One<NodeId>(NodeId.TryParse, "is not a node: expected cluster/node, such as 1/2"),
    };

    public static Argument<KeyId> KeyArgument() => new("KEY")
    {
        Description = "Name of the key", CustomParser = One<KeyId>(KeyId.TryParse, "is not a key's name: 1 to 64 of a-z, 0-9 and '-', starting with a letter"),
    };

    public static Option<KeyId> KeyOption(string name, string description, string fallback) => new(name)
    {
        Description = description,
        HelpName = "KEY",
        DefaultValueFactory = _ => KeyId.Parse(fallback),
        CustomParser = One<KeyId>(KeyId.TryParse, "is not a key's name: 1 to 64 of a-z, 0-9 and '-', starting with a letter"),
    };

    public static Argument<TrustId> ChainArgument() => new("CHAIN")
    {
        Description = "Id of the chain of Trusts", CustomParser = One<TrustId>(TrustId.TryParse, "is not a chain's id: expected a lower-case UUID"),
    };

    public static Argument<DomainId> DomainArgument() => new("DOMAIN")
    {
        Description = "Id of the Domain", CustomParser = One<DomainId>(DomainId.TryParse, "is not a Domain's id: expected a lower-case UUID"),
    };

    public static Option<TrustId?> Chain(string description) => new("--chain")
    {
        Description = description, HelpName = "ID", CustomParser = One<TrustId?>(TryChain, "is not a chain's id: expected a lower-case UUID"),
    };

    public static Option<ClusterId> Cluster() => new("--cluster")
    {
        Description = "Number of the cluster", HelpName = "N", Required = true, CustomParser = One<ClusterId>(ClusterId.TryParse, "is not a cluster's number, such as 1"),
    };

    public static Option<DerivationPath?> Path(string description, string name = "--path") => new(name)
    {
        Description = description, HelpName = "PATH", CustomParser = One<DerivationPath?>(TryPath, "is not a derivation path, such as m/44'/60'/0'/0/0"),
    };

    public static Option<Hash256?> Hash(string name, string description) => new(name)
    {
        Description = description, HelpName = "0x…", CustomParser = One<Hash256?>(TryHash, "is not a hash: expected 0x and 64 lower-case hex digits"),
    };

    /// <summary>A time span as people write one: <c>30m</c>, <c>24h</c>, <c>7d</c>.</summary>
    public static Option<TimeSpan?> Span(string name, string description) => new(name)
    {
        Description = description, HelpName = "TIME", CustomParser = One<TimeSpan?>(TrySpan, "is not a time such as 30m, 24h or 7d"),
    };

    private static bool TryChain(string text, out TrustId? chain)
    {
        var read = TrustId.TryParse(text, out var value);
        chain = value;
        return read;
    }

    private static bool TryPath(string text, out DerivationPath? path) => DerivationPath.Parse(text).Is(out path, out _);

    private static bool TryHash(string text, out Hash256? hash)
    {
        var read = Hash256.TryParse(text, out var value);
        hash = value;
        return read;
    }

    private static bool TrySpan(string text, out TimeSpan? span)
    {
        span = null;
        if (text.Length < 2 || !uint.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is 0 or > 1_000_000) return false;
        span = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => null,
        };
        return span is not null;
    }

    private static Func<System.CommandLine.Parsing.ArgumentResult, T?> One<T>(TryParse<T> parse, string complaint) => result =>
    {
        if (result.Tokens.Count == 1 && parse(result.Tokens[0].Value, out var value)) return value;
        result.AddError(result.Tokens.Count == 1 ? $"'{result.Tokens[0].Value}' {complaint}" : "one value is expected");
        return default;
    };
}
