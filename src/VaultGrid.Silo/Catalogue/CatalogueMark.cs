using System.Globalization;
using VaultGrid.Grains;

namespace VaultGrid.Silo.Catalogue;

/// <summary>The marks of pages: where in its order the last row stands.</summary>
internal static class CatalogueMark
{
    /// <summary>The largest page.</summary>
    public const int LimitMax = 500;

    private static readonly Refusal Invalid = new(RefusalCode.PageInvalid, "the page's mark is none that this listing gave");

    /// <summary>Where a page of Trusts starts: rows below this position.</summary>
    public static Outcome<long> Below(TrustListing query)
    {
        if (Check(query.Limit) is { } refusal) return refusal;
        return query.After is null ? long.MaxValue : Number(query.After) is { } position ? position : Invalid;
    }

    /// <summary>Where a page of Domains starts: behind this place; the Trust's number counts where those behind a Trust are wanted.</summary>
    public static Outcome<(long Number, long Position)> Above(DomainListing query)
    {
        if (Check(query.Limit) is { } refusal) return refusal;
        if (query.Below is not null && query.Chain is null) return new Refusal(RefusalCode.PageInvalid, "which Domains are behind is asked of one chain");
        if (query.After is null) return (0, 0);
        if (query.Below is null) return Number(query.After) is { } only ? (0, only) : Invalid;
        return query.After.Split('.') is [var number, var position] && Number(number) is { } n && Number(position) is { } p ? (n, p) : Invalid;
    }

    /// <summary>Where a page of HSMs' keys starts: behind this place.</summary>
    public static Outcome<(long Cluster, long Node, byte[] Chain)> Above(TrustId? chain, string? after, int limit)
    {
        if (Check(limit) is { } refusal) return refusal;
        if (after is null) return (0, 0, chain is { } all ? Bytes(all) : []);
        if (after.Split('.') is not [var node, var id] || !NodeId.TryParse(node, out var parsed) || !TrustId.TryParse(id, out var of)) return Invalid;
        return (parsed.Cluster.Number, parsed.Index, Bytes(chain ?? of));
    }

    /// <summary>Where a page of operators starts: behind this place.</summary>
    public static Outcome<(string Identity, byte[] Key)> Above(string? after, int limit)
    {
        if (Check(limit) is { } refusal) return refusal;
        if (after is null) return ("", []);
        return after.Split(' ') is [var identity, var key] && Hash256.TryParse(key, out var hash) ? (identity, hash.ToArray()) : Invalid;
    }

    public static string Of(long position) => position.ToString(CultureInfo.InvariantCulture);

    public static string Of(DomainListing query, long number, long position) => query.Below is null ? Of(position) : $"{Of(number)}.{Of(position)}";

    public static string Of(HsmKeyReport key) => $"{key.Node}.{key.Chain}";

    public static string Of(OperatorReport named) => $"{named.Identity} {named.Key}";

    public static byte[] Bytes(TrustId chain) => chain.Value.ToByteArray(bigEndian: true);

    private static Refusal? Check(int limit) =>
        limit is < 1 or > LimitMax ? new(RefusalCode.PageInvalid, $"a page has 1 to {LimitMax} items, not {limit}") : null;

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
