using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>What a caller signs for one use of a secret that nobody approves (protocols.md §3, Calls).</summary>
public sealed record CallBody
{
    /// <summary>The version of the format for calls to one cluster.</summary>
    public const byte Version = 1;

    /// <summary>The version for calls to several clusters: their list stands in place of the one.</summary>
    public const byte VersionOfSeveral = 2;

    /// <summary>How far ahead a call may expire: as long as its nonce is remembered.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of a nonce.</summary>
    public const int NonceLength = 16;

    private const int ActionLimit = 64;

    /// <summary>What is asked, such as <c>domain-encrypt</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The key or Domain that it is asked of.</summary>
    public required CallTarget Target { get; init; }

    /// <summary>The cluster whose enclaves may answer; the first of them where several may.</summary>
    public required ClusterId Cluster { get; init; }

    /// <summary>The clusters whose enclaves may answer: for keys that several hold. Null for a call to one cluster.</summary>
    public ClusterSet? Clusters { get; init; }

    /// <summary>True where enclaves of a cluster may answer it.</summary>
    public bool IsFor(ClusterId cluster) => Clusters is { } clusters ? clusters.Contains(cluster) : Cluster == cluster;

    /// <summary><c>H("call-parameters", parameters)</c> over the exact bytes that travel beside the call.</summary>
    public required Hash256 Parameters { get; init; }

    /// <summary>The last moment at which an enclave answers (UTC, whole seconds).</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>16 random bytes: an enclave answers each once.</summary>
    public required ReadOnlyMemory<byte> Nonce { get; init; }

    /// <summary>The caller's one-time P-256 key, 65 bytes uncompressed: secrets in the answer are sealed to it.</summary>
    public required ReadOnlyMemory<byte> AnswerKey { get; init; }

    /// <summary>The hash that a call names its parameters by.</summary>
    public static Hash256 HashOf(ReadOnlySpan<byte> parameters) => Hash256.Of("call-parameters", parameters);

    /// <summary>Writes it down.</summary>
    public byte[] ToBytes()
    {
        var writer = new WireWriter().U8(Clusters is null ? Version : VersionOfSeveral).Text(Action);
        CallTarget.Write(writer, Target);
        _ = Clusters is { } clusters ? writer.List(clusters.All, (to, cluster) => to.U32(cluster.Number)) : writer.U32(Cluster.Number);
        return writer.Hash(Parameters).Time(Expires).Fixed(Nonce.Span).Fixed(AnswerKey.Span).ToArray();
    }

    /// <summary>What the caller signs: <c>"VaultGrid/v1/call" ‖ 0x00 ‖ body</c>.</summary>
    public static byte[] Statement(ReadOnlySpan<byte> body) => Tagged.Statement("call", body);

    /// <summary>Reads it; <c>call.malformed</c> for anything but its one encoding.</summary>
    public static Outcome<CallBody> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var version = reader.U8();
        if (version is not (Version or VersionOfSeveral)) reader.Fail($"it is not of version {Version} or {VersionOfSeveral}");
        var action = reader.Text(ActionLimit);
        if (!IsAction(action)) reader.Fail("its action is not made of a-z, 0-9 and -");
        var target = CallTarget.Read(ref reader);
        var clusters = version == VersionOfSeveral ? Several(ref reader) : null;
        var cluster = clusters is null ? reader.U32() : clusters.All[0].Number;
        if (cluster == 0) reader.Fail("cluster 0 is none");
        var (parameters, expires) = (reader.Hash(), reader.Time());
        var nonce = reader.Fixed(NonceLength).ToArray();
        var answerKey = reader.Fixed(P256PublicKey.Length).ToArray();
        if (!reader.End("the call", out var refusal, RefusalCode.CallMalformed)) return refusal;

        return new CallBody
        {
            Action = action,
            Target = target,
            Cluster = new ClusterId(cluster),
            Clusters = clusters,
            Parameters = parameters,
            Expires = expires,
            Nonce = nonce,
            AnswerKey = answerKey,
        };
    }

    private static ClusterSet? Several(ref WireReader reader)
    {
        var numbers = reader.List(ClusterSet.Limit, (ref WireReader from) => from.U32());
        if (!numbers.Contains(0u) && ClusterSet.TryCreate(numbers.Select(number => new ClusterId(number)), out var set)) return set;
        reader.Fail("it lists two or more clusters, ascending, each once");
        return null;
    }

    private static bool IsAction(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
