using System.Collections.Immutable;
using VaultGrid.Model.Wire;

namespace VaultGrid.Model;

/// <summary>
/// What a Domain holds, all of it encrypted or public: master keys sealed under a wrapping key k, and k encrypted to each HSM of a Trust. The HSM's
/// seal over its hash binds everything, the Trust included.
/// </summary>
public sealed class DomainKeys
{
    /// <summary>The version of the format.</summary>
    public const byte FormatVersion = 1;

    /// <summary>The most master keys that a Domain keeps, and the most bytes.</summary>
    public const int MasterLimit = 16, ByteLimit = 256 * 1024;

    private const string What = "the Domain's keys";

    private readonly byte[] _bytes;

    private DomainKeys(byte[] bytes, DomainTerms terms, ImmutableArray<DomainMaster> masters, ImmutableArray<DomainToken> tokens)
    {
        (_bytes, Terms, Masters, Tokens) = (bytes, terms, masters, tokens);
        Hash = Hash256.Of("domain-keys", bytes);
    }

    /// <summary>What every key in it is bound to.</summary>
    public DomainTerms Terms { get; }

    /// <summary>The Domain.</summary>
    public DomainId Id => Terms.Id;

    /// <summary>The hash of the first Trust of the chain.</summary>
    public Hash256 First => Terms.First;

    /// <summary>The hash of the Trust that the tokens serve.</summary>
    public Hash256 Trust => Terms.Trust;

    /// <summary>How often it was written, from 1; a rotation adds one.</summary>
    public ulong Revision => Terms.Revision;

    /// <summary>The operator whose signing key this is (identity), or empty for data and other keys.</summary>
    public string Owner => Terms.Owner;

    /// <summary>The master keys, by version.</summary>
    public ImmutableArray<DomainMaster> Masters { get; }

    /// <summary>The master key for new data.</summary>
    public DomainMaster Current => Masters[^1];

    /// <summary>One token for each HSM, in the Trust's order.</summary>
    public ImmutableArray<DomainToken> Tokens { get; }

    /// <summary>The bytes that <see cref="Hash"/> covers.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary><c>H("domain-keys", bytes)</c>.</summary>
    public Hash256 Hash { get; }

    /// <summary>Writes it down; <c>domain.malformed</c> where it can't be one.</summary>
    public static Outcome<DomainKeys> Create(DomainTerms terms, IReadOnlyCollection<DomainMaster> masters, IReadOnlyCollection<DomainToken> tokens)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var writer = new WireWriter().U8(FormatVersion);
        DomainTerms.Write(writer, terms);
        return Parse(writer.List(masters, DomainMaster.Write).List(tokens, DomainToken.Write).Written);
    }

    /// <summary>Reads it; <c>domain.malformed</c> for anything but its one encoding.</summary>
    public static Outcome<DomainKeys> Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > ByteLimit) return new Refusal(RefusalCode.InputTooLarge, $"{What} have at most {ByteLimit} bytes");

        var reader = new WireReader(bytes);
        if (reader.U8() != FormatVersion) reader.Fail($"they are not of version {FormatVersion}");
        var terms = DomainTerms.Read(ref reader);
        var masters = reader.List(MasterLimit, DomainMaster.Read);
        var tokens = reader.List(TrustBody.HsmLimit, DomainToken.Read);
        if (Disorder(masters, tokens) is { } disorder) reader.Fail(disorder);
        return reader.End(What, out var refusal, RefusalCode.DomainMalformed) ? new DomainKeys(bytes.ToArray(), terms, [.. masters], [.. tokens]) : refusal;
    }

    /// <summary>The master key of a version; <c>domain.use</c> where it is gone or never was.</summary>
    public Outcome<DomainMaster> Master(uint version) => Masters.FirstOrDefault(master => master.Version == version) is { } master
        ? master
        : new Refusal(RefusalCode.DomainUse, $"the Domain holds no master key of version {version}");

    private static string? Disorder(IReadOnlyList<DomainMaster> masters, IReadOnlyList<DomainToken> tokens)
    {
        if (masters.Count == 0 || tokens.Count == 0) return "they hold at least one master key and one token";
        if (masters[0].Version == 0) return "versions of master keys start at 1";
        for (var i = 1; i < masters.Count; i++)
        {
            if (masters[i - 1].Version >= masters[i].Version) return "master keys stand in order of version, each once";
            if (masters[i].Kind != masters[0].Kind) return "all master keys of a Domain are of one kind";
        }

        return tokens.DistinctBy(token => token.WrapKey).Count() == tokens.Count ? null : "an HSM has two tokens";
    }
}
