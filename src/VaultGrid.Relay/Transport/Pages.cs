using System.Globalization;
using VaultGrid.Model.Json;

namespace VaultGrid.Relay;

/// <summary>Which page is wanted, from the query.</summary>
internal static class Pages
{
    private const int MarkMax = 256;
    private static readonly string[] States = ["open", "done", "refused", "expired"];

    public static Outcome<PageQuery> Of(string? after, string? limit)
    {
        if (Check(after, limit, out var size) is { } refusal) return refusal;
        return new PageQuery { After = after, Limit = size };
    }

    public static Outcome<RequestQuery> Of(string? after, string? limit, string? cluster, string? state, string? caller, string? customer)
    {
        if (Check(after, limit, out var size) is { } refusal) return refusal;
        if (state is not null && !States.Contains(state, StringComparer.Ordinal)) return Invalid($"state is one of {string.Join(", ", States)}");
        if (caller is not null && !IsCaller(caller)) return Invalid("caller is an identity, such as vaultgrid://client/name, or one via a relay's");

        if (customer is not null && !CustomerId.TryParse(customer, out _)) return Invalid("customer is a customer's name");

        ClusterId? id = null;
        if (cluster is not null)
        {
            if (!ClusterId.TryParse(cluster, out var parsed)) return Invalid("cluster is a number from 1");
            id = parsed;
        }

        return new RequestQuery { After = after, Limit = size, Cluster = id, State = state, Caller = caller, Customer = customer };
    }

    // As the history records them: see Caller.ToString.
    private static bool IsCaller(string text) =>
        text.Split(" via ") is { Length: 1 or 2 } names && names.All(name => CertificateIdentity.Parse(name).Is(out _, out _));

    private static Refusal? Check(string? after, string? limit, out int size)
    {
        size = new PageQuery().Limit;
        if (after is { Length: 0 or > MarkMax } || (after is not null && !PlainText.IsPlain(after)))
            return Invalid("after is what the page before gave as next");
        if (limit is null) return null;

        var digits = limit.Length is > 0 and <= 3 && limit[0] != '0' && int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size);
        return digits && size <= PageQuery.LimitMax ? null : Invalid($"limit is a number from 1 to {PageQuery.LimitMax}");
    }

    private static Refusal Invalid(string why) => new(RefusalCode.PageInvalid, why);
}
