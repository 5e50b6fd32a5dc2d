using System.Collections.Immutable;
using System.Globalization;
using VaultGrid.Model.Json;

namespace VaultGrid.Model;

/// <summary>Which nodes a cluster has, and how many of them witness a node's steps (w) and answer at its start (r); approved, numbered.</summary>
/// <remarks>For n ≥ 2 nodes w + r ≥ n, so that a rolled-back node meets at least one honest witness; a single node has none.</remarks>
public sealed record MembershipRecord
{
    /// <summary>The version of the record's format.</summary>
    public const uint Version = 1;

    /// <summary>The most nodes that a cluster may have.</summary>
    public const int NodeLimit = 64;

    private const int DemandLimit = 64;

    private const string What = "the membership record";

    /// <summary>The cluster.</summary>
    public required ClusterId Cluster { get; init; }

    /// <summary>Its place in the chain of records, from 1.</summary>
    public required ulong Number { get; init; }

    /// <summary>The hash of the record before it; null for the first.</summary>
    public required Hash256? Predecessor { get; init; }

    /// <summary>The nodes' numbers, ascending.</summary>
    public required ImmutableArray<uint> Nodes { get; init; }

    /// <summary>How many other members must have recorded a step before it takes effect.</summary>
    public required int WriteWitnesses { get; init; }

    /// <summary>How many other members a starting node asks.</summary>
    public required int ReadWitnesses { get; init; }

    /// <summary>What a node must rest on before a key is copied to it, by adapter name, ascending; none where it may be anything.</summary>
    public ImmutableArray<string> Adapters { get; init; } = [];

    /// <summary>Which programs a node may run before a key is copied to it, by measurement, ascending; none where it may be any.</summary>
    public ImmutableArray<Hash256> Measurements { get; init; } = [];

    /// <summary>True where a joiner has to say what it is.</summary>
    public bool HasDemands => Adapters.Length > 0 || Measurements.Length > 0;

    /// <summary>Writes it down; the hash of these bytes names it.</summary>
    public byte[] ToUtf8()
    {
        var writer = new CanonicalWriter(Version)
            .Add("cluster", Cluster)
            .Add("number", Number)
            .Add("predecessor", Predecessor)
            .AddAll("nodes", Nodes.Select(node => node.ToString(CultureInfo.InvariantCulture)))
            .Add("w", (ulong)WriteWitnesses)
            .Add("r", (ulong)ReadWitnesses);

        // Members that a record without demands hasn't got, so that it is written as it always was.
        if (Adapters.Length > 0) writer.AddAll("adapters", Adapters);
        if (Measurements.Length > 0) writer.AddAll("measurements", Measurements);
        return writer.ToUtf8();
    }

    /// <summary>The hash that requests and successors name it by.</summary>
    public Hash256 Hash() => Hash256.Of("membership", ToUtf8());

    /// <summary>The witnesses that protocol design recommends: (0, 0) for one node, (1, 1) for two, (1, n − 1) for more.</summary>
    public static (int Write, int Read) Witnesses(int nodes) => nodes <= 1 ? (0, 0) : (1, nodes - 1);

    /// <summary>Reads a record.</summary>
    public static Outcome<MembershipRecord> Parse(ReadOnlySpan<byte> utf8)
    {
        if (!CanonicalObject.Parse(utf8, RefusalCode.InputMalformed, What).Is(out var document, out var refusal)) return refusal;

        var reader = new DocumentReader(document, RefusalCode.InputMalformed, What, Version);
        var record = new MembershipRecord
        {
            Cluster = reader.Parsed<ClusterId>("cluster", ClusterId.TryParse),
            Number = reader.Number("number"),
            Predecessor = reader.HashOrNone("predecessor"),
            Nodes = reader.All<uint>("nodes", TryParseNode, NodeLimit),
            WriteWitnesses = (int)Math.Min(reader.Number("w"), NodeLimit),
            ReadWitnesses = (int)Math.Min(reader.Number("r"), NodeLimit),
            Adapters = reader.Has("adapters") ? reader.All<string>("adapters", TryParseAdapter, DemandLimit) : [],
            Measurements = reader.Has("measurements") ? reader.All<Hash256>("measurements", Hash256.TryParse, DemandLimit) : [],
        };
        if (record.Fault() is { } fault) reader.Fail(fault);
        if ((reader.Has("adapters") && record.Adapters.IsEmpty) || (reader.Has("measurements") && record.Measurements.IsEmpty)) reader.Fail("an empty demand is left out");
        return reader.End(out refusal) ? record : refusal;
    }

    /// <summary>Equal where the documents are.</summary>
    public bool Equals(MembershipRecord? other) => other is not null && Hash() == other.Hash();

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Cluster, Number, Predecessor);

    private static bool TryParseNode(string text, out uint node)
    {
        var ok = Decimals.TryParse(text, out var number) && number is > 0 and <= uint.MaxValue;
        node = ok ? (uint)number : 0;
        return ok;
    }

    private static bool TryParseAdapter(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? adapter)
    {
        adapter = AuditActions.IsName(text) ? text : null;
        return adapter is not null;
    }

    private static bool Ascend(IEnumerable<string> texts) => texts.Zip(texts.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);

    private string? Fault()
    {
        var n = Nodes.Length;
        if (Number == 0 || (Number == 1) != (Predecessor is null)) return "the first record is number 1 and has no predecessor; every other has one";
        if (n == 0) return "a cluster has at least one node";
        for (var i = 1; i < n; i++)
        {
            if (Nodes[i - 1] >= Nodes[i]) return "nodes stand in ascending order, each once";
        }

        if (!Ascend(Adapters) || !Ascend(Measurements.Select(hash => hash.ToString()))) return "adapters and measurements stand in ascending order, each once";
        if (WriteWitnesses >= n || ReadWitnesses >= n) return "a node has fewer witnesses than its cluster has nodes";
        if (n >= 2 && (WriteWitnesses < 1 || ReadWitnesses < 1 || WriteWitnesses + ReadWitnesses < n)) return "w and r are at least 1 and w + r at least the number of nodes";
        return null;
    }
}
